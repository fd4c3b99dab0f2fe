/// Messages of one room that wait for others before them, in the order they came; bounded.
struct HeldMessages {
    /// Beyond, messages are read from the stream like those that they would wait for.
    static let maximumCount = 512
    static let maximumBytes = 1 << 20

    private(set) var messages: [StreamMessage] = []
    /// Whether some were not taken since the last `expectAll`.
    private(set) var hasOverflowed = false
    /// How many, from the first on, were there at the last `expectAll`.
    private var expectedCount = 0
    private var bytes = 0

    var isEmpty: Bool { messages.isEmpty }
    /// Those that were published before the page was asked for that is being read.
    var expected: ArraySlice<StreamMessage> { messages.prefix(expectedCount) }

    mutating func add(_ message: StreamMessage) {
        let size = message.payload.readableBytes
        guard messages.count < Self.maximumCount, bytes + size <= Self.maximumBytes else {
            hasOverflowed = true
            return
        }
        messages.append(message)
        bytes += size
    }

    mutating func expectAll() {
        expectedCount = messages.count
        hasOverflowed = false
    }

    mutating func removeFirst(_ count: Int) {
        bytes -= messages.prefix(count).reduce(0) { $0 + $1.payload.readableBytes }
        messages.removeFirst(count)
        expectedCount = max(0, expectedCount - count)
    }

    /// Forgets what does not fit, in its order.
    mutating func keep(_ fits: (StreamMessage) -> Bool) {
        let kept = messages.filter(fits)
        self = HeldMessages()
        for message in kept { add(message) }
    }
}
