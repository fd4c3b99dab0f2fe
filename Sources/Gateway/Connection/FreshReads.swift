import NIOCore

/// Has a channel read into a buffer that is given back with the message, so that an idle connection keeps none.
///
/// SwiftNIO keeps the first buffer that a channel read into for as long as the channel lives. So the first read takes a
/// single byte, and the reads that follow, which find that buffer too small, get others that are not kept.
struct FreshReads: RecvByteBufferAllocator {
    private let capacity: Int
    private var isFirst: Bool

    /// - Parameter isFirst: whether the channel has not read yet.
    init(capacity: Int, isFirst: Bool = false) {
        self.capacity = capacity
        self.isFirst = isFirst
    }

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer { allocator.buffer(capacity: isFirst ? 1 : capacity) }

    /// Without a size the pool asks for a buffer each time.
    func nextBufferSize() -> Int? { nil }

    /// The pool takes the kept buffer again unless it is told that the next may be larger.
    mutating func record(actualReadBytes: Int) -> Bool {
        isFirst = false
        return true
    }
}
