/// Whether the bus as a whole works, from the state of its parts; tells each change once.
struct BusHealth: Equatable, Sendable {
    var canPublish = false
    var isSubscriberUp = false
    private var told: Bool?

    enum Change: Equatable, Sendable {
        case none
        case connected
        case lost
    }

    /// A connection came up, or channels were confirmed.
    /// - Parameter isRestored: whether the channels of before are subscribed again.
    mutating func improved(isRestored: Bool) -> Change {
        guard canPublish, isSubscriberUp, isRestored, told != true else { return .none }
        told = true
        return .connected
    }

    /// A connection went down, or could not be made.
    mutating func worsened() -> Change {
        guard told != false else { return .none }
        told = false
        return .lost
    }
}
