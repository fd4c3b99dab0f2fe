import DequeModule

/// The last entries of one stream that were delivered, to tell a stream that went back a little from one that also went
/// on elsewhere.
struct CursorTrail {
    /// More than a primary that dies takes with it; beyond, members are told that they may have missed something.
    static let maximumCount = 64

    private var epoch: String?
    private var offsets: Deque<StreamOffset> = []

    mutating func add(_ position: StreamPosition?) {
        guard let position else { return }
        if position.epoch != epoch { offsets.removeAll() }
        epoch = position.epoch
        if offsets.count == Self.maximumCount { offsets.removeFirst() }
        offsets.append(position.offset)
    }

    func contains(_ offset: StreamOffset) -> Bool { offsets.contains(offset) }
}
