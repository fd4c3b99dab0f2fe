import CHiredis
import NIOCore

/// Turns bytes from Redis into replies, with hiredis as the parser; owns the parser.
struct RESPReader: ~Copyable {
    /// A reply, or a part of one, that holds more bytes than this is a protocol error, so that a peer cannot make us
    /// hold memory without end. No reply of ours comes near: lists are asked for in pages.
    static let maximumReplySize = 16 << 20
    /// The longest array accepted; hiredis allocates it whole once its header has arrived.
    static let maximumElements: Int32 = 65_536
    /// Arrays within arrays. hiredis 0.14 refuses more by itself; the bound holds for 1.x too.
    static let maximumDepth = 7

    private let reader: UnsafeMutablePointer<redisReader>
    private let sizeLimit: Int
    /// Bytes that belong to a reply not yet whole.
    private var unfinished = 0

    init(sizeLimit: Int = maximumReplySize) {
        guard let reader = chiredis_reader_create(Self.maximumElements) else {
            fatalError("no memory for a Redis reader")
        }
        self.reader = reader
        self.sizeLimit = sizeLimit
    }

    deinit {
        chiredis_reader_free(reader)
    }

    mutating func feed(_ bytes: UnsafeRawBufferPointer) throws(RedisError) {
        guard bytes.count > 0 else { return }
        guard chiredis_reader_feed(reader, bytes.baseAddress, bytes.count) != 0 else { throw failure }
        unfinished += bytes.count
    }

    /// The next whole reply; nil until more bytes are fed.
    mutating func next() throws(RedisError) -> RESPReply? {
        var reply: UnsafeMutablePointer<redisReply>?
        guard chiredis_reader_next(reader, &reply) != 0 else { throw failure }
        guard let reply else {
            guard unfinished <= sizeLimit else {
                throw .protocolViolation("a reply is larger than \(sizeLimit) bytes")
            }
            return nil
        }
        unfinished = chiredis_reader_pending(reader)
        return RESPReply(owning: reply)
    }

    private var failure: RedisError {
        .protocolViolation(String(cString: chiredis_reader_error(reader)))
    }
}
