import DequeModule

/// The last messages of one room's stream, as they were delivered: what clients that come back at once are given
/// without a question to Redis.
struct RoomTail {
    /// More than one replay holds by default, so that a reconnecting crowd is served from here.
    static let maximumCount = 512
    static let maximumBytes = 1 << 20

    private var deliveries: Deque<Delivery> = []
    /// Every message after this entry is here.
    private var floor: StreamOffset
    private(set) var bytes = 0

    /// An empty tail of a stream whose messages after `floor` will be added.
    init(after floor: StreamOffset) {
        self.floor = floor
    }

    /// Takes the message that follows the last one; the oldest make room.
    /// - Parameter allowance: bytes that the tail may have.
    mutating func append(_ delivery: Delivery, allowance: Int = Self.maximumBytes) {
        deliveries.append(delivery)
        bytes += delivery.frame.readableBytes
        while bytes > min(allowance, Self.maximumBytes) || deliveries.count > Self.maximumCount { dropFirst() }
    }

    /// The messages after an entry; nil where the tail does not reach back so far, or has never seen it.
    func after(_ offset: StreamOffset) -> [Delivery]? {
        if offset == floor { return Array(deliveries) }
        guard offset > floor, let index = index(of: offset) else { return nil }
        return Array(deliveries[(index + 1)...])
    }

    private mutating func dropFirst() {
        let first = deliveries.removeFirst()
        bytes -= first.frame.readableBytes
        if let position = first.position { floor = position.offset }
    }

    private func index(of offset: StreamOffset) -> Int? {
        var range = 0..<deliveries.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            guard let found = deliveries[middle].position?.offset else { return nil }
            if found == offset { return middle }
            range = found < offset ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
