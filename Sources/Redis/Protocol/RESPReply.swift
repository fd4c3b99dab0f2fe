import CHiredis
import NIOCore

/// A reply as hiredis holds it, freed with this value; what is taken out of it is copied once.
struct RESPReply: ~Copyable {
    private let reply: UnsafeMutablePointer<redisReply>

    init(owning reply: UnsafeMutablePointer<redisReply>) {
        self.reply = reply
    }

    deinit {
        chiredis_reply_free(reply)
    }

    var value: RESPValue {
        get throws(RedisError) { try Node(reply).value(depth: 0) }
    }

    /// What a subscriber hears, without building the array around it; nil when the reply is nothing of the kind.
    var push: PubSubPush? {
        let node = Node(reply)
        guard node.kind == chiredis_kind_array, let name = node.element(0)?.bytes else { return nil }
        switch node.count {
        case 2 where name.elementsEqual("pong".utf8): return .pong
        case 3 where name.elementsEqual("message".utf8):
            guard let channel = node.element(1)?.text, let payload = node.element(2)?.buffer else { return nil }
            return .message(channel: channel, payload: payload)
        case 3 where name.elementsEqual("subscribe".utf8): return node.element(1)?.text.map { .subscribed($0) }
        case 3 where name.elementsEqual("unsubscribe".utf8): return node.element(1)?.text.map { .unsubscribed($0) }
        default: return nil
        }
    }
}

/// A view of one node of a reply's tree; valid as long as the `RESPReply` it comes from.
private struct Node {
    private let node: UnsafePointer<redisReply>

    init(_ node: UnsafePointer<redisReply>) {
        self.node = node
    }

    var kind: chiredis_kind { chiredis_reply_kind(node) }
    var count: Int { chiredis_reply_elements(node) }

    func element(_ index: Int) -> Node? {
        guard index < count, let element = chiredis_reply_element(node, index) else { return nil }
        return Node(element)
    }

    /// The bytes of a string, a status or an error; nil for other kinds.
    var bytes: UnsafeRawBufferPointer? {
        guard let start = chiredis_reply_bytes(node) else { return nil }
        return UnsafeRawBufferPointer(start: start, count: chiredis_reply_length(node))
    }

    var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
    var buffer: ByteBuffer? { bytes.map { ByteBuffer(bytes: $0) } }

    func value(depth: Int) throws(RedisError) -> RESPValue {
        switch kind {
        case chiredis_kind_string: return .bulk(buffer ?? ByteBuffer())
        case chiredis_kind_status: return .simple(text ?? "")
        case chiredis_kind_error: return .error(text ?? "")
        case chiredis_kind_integer: return .integer(chiredis_reply_integer(node))
        case chiredis_kind_null: return .null
        case chiredis_kind_array: return .array(try elements(depth: depth + 1))
        default: throw .protocolViolation("a reply has a type that RESP2 does not know")
        }
    }

    private func elements(depth: Int) throws(RedisError) -> [RESPValue] {
        guard depth <= RESPReader.maximumDepth else {
            throw .protocolViolation("a reply nests arrays more than \(RESPReader.maximumDepth) deep")
        }
        var values: [RESPValue] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            guard let element = element(index) else { throw .protocolViolation("an array has a hole") }
            values.append(try element.value(depth: depth))
        }
        return values
    }
}
