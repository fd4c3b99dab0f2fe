/// When clients connected for the first time, for the rate at which they got in.
package struct ConnectPace: Sendable, Codable, Equatable {
    /// Times of `SteadyClock`; 0 before there is one.
    package private(set) var firstDial: UInt64 = 0
    package private(set) var lastJoin: UInt64 = 0
    package private(set) var joins = 0

    package init() {}

    mutating func dialled(at now: UInt64) {
        if firstDial == 0 { firstDial = now }
    }

    mutating func joined(at now: UInt64) {
        lastJoin = now
        joins += 1
    }

    package mutating func add(_ other: ConnectPace) {
        if firstDial == 0 || (other.firstDial > 0 && other.firstDial < firstDial) { firstDial = other.firstDial }
        lastJoin = max(lastJoin, other.lastJoin)
        joins += other.joins
    }

    /// Connections a second, from the first dial to the last confirmed subscription; nil before there is one.
    package var perSecond: Double? {
        lastJoin > firstDial ? Double(joins) / (Double(lastJoin - firstDial) / 1e9) : nil
    }
}
