import FleetModel

/// How busy the client processes were: at 1 their one event loop had no time left, and figures are theirs as much as the
/// server's.
package struct ProcessLoad: Sendable, Codable, Equatable {
    /// The part of a processor that the busiest process used in its busiest second, while clients connected …
    package private(set) var connecting = 0.0
    /// … and while messages came.
    package private(set) var receiving = 0.0

    package init() {}

    /// - Parameter share: the part of a processor that was used.
    mutating func note(_ share: Double, joined: Bool, received: Bool) {
        if joined { connecting = max(connecting, share) }
        if received { receiving = max(receiving, share) }
    }

    package mutating func add(_ other: ProcessLoad) {
        connecting = max(connecting, other.connecting)
        receiving = max(receiving, other.receiving)
    }
}

/// Makes the load from what a process has used and done at one moment and the one before.
struct LoadMeter {
    private var last: (time: UInt64, cpu: Duration, progress: ClientProgress)?

    mutating func measure(_ progress: ClientProgress, cpu: Duration, at now: UInt64, into load: inout ProcessLoad) {
        defer { last = (now, cpu, progress) }
        guard let last, now > last.time else { return }
        let share = (cpu - last.cpu).inSeconds / (Double(now - last.time) / 1e9)
        load.note(
            share, joined: progress.joins > last.progress.joins,
            received: progress.deliveries > last.progress.deliveries)
    }
}
