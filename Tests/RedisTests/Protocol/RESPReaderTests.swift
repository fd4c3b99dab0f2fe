import NIOCore
import Testing

@testable import Redis

@Suite("RESP reader")
struct RESPReaderTests {
    private static let stream =
        "+OK\r\n-ERR no\r\n:-42\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n"
        + "*3\r\n$1\r\nx\r\n*2\r\n:1\r\n+y\r\n$-1\r\n"
    private static let values: [RESPValue] = [
        .simple("OK"), .error("ERR no"), .integer(-42), .bulk("a\r\nbc"), .bulk(""), .null, .null, .array([]),
        .array([.bulk("x"), .array([.integer(1), .simple("y")]), .null]),
    ]

    @Test("every kind of reply is read, wherever the stream is split in two", arguments: 0...stream.utf8.count)
    func split(at position: Int) throws {
        let bytes = Array(Self.stream.utf8)
        #expect(try read([bytes[..<position], bytes[position...]]) == Self.values)
    }

    @Test("every kind of reply is read when the stream comes byte by byte")
    func byteByByte() throws {
        #expect(try read(Self.stream.utf8.map { [$0] }) == Self.values)
    }

    @Test("a reply that grows over the size limit is a protocol error, whole or in parts")
    func tooLarge() {
        #expect(throws: RedisError.self) { try read([Array("$2000\r\n".utf8), bytes(1500)], sizeLimit: 1000) }
        let many = (0..<300).map { _ in Array("$5\r\nabcde\r\n".utf8) }
        #expect(throws: RedisError.self) { try read([Array("*301\r\n".utf8)] + many, sizeLimit: 1000) }
    }

    @Test("many small replies in one piece are not mistaken for a large one")
    func manySmall() throws {
        #expect(try read([Array(String(repeating: ":1\r\n", count: 1000).utf8)], sizeLimit: 1000).count == 1000)
    }

    @Test("an array with a header over the bound is refused before its elements arrive")
    func tooManyElements() {
        let refusal = RedisError.protocolViolation("Multi-bulk length out of range")
        #expect(throws: refusal) { try read([Array("*65537\r\n".utf8)]) }
        #expect(throws: refusal) { try read([Array("*1\r\n*2000000000\r\n".utf8)]) }
    }

    @Test("arrays nested deeper than the bound are refused")
    func tooDeep() throws {
        let seven = String(repeating: "*1\r\n", count: 7) + ":1\r\n"
        #expect(try read([Array(seven.utf8)]).count == 1)
        #expect(throws: RedisError.self) { try read([Array(("*1\r\n" + seven).utf8)]) }
    }

    @Test("what is not RESP is a protocol error", arguments: ["HTTP/1.1 400 Bad Request\r\n", ":x\r\n", "$-2\r\n"])
    func notRESP(_ text: String) {
        #expect(throws: RedisError.self) { try read([Array(text.utf8)]) }
    }

    @Test("a published message is a push with its channel and its bytes")
    func message() throws {
        let push = try push("*3\r\n$7\r\nmessage\r\n$2\r\nch\r\n$3\r\n\0\r\n\r\n")
        #expect(push == .message(channel: "ch", payload: ByteBuffer(string: "\0\r\n")))
    }

    @Test("confirmations and the answer to PING are pushes; other replies are none")
    func otherPushes() throws {
        #expect(try push("*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n") == .subscribed("a"))
        #expect(try push("*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:0\r\n") == .unsubscribed("a"))
        #expect(try push("*2\r\n$4\r\npong\r\n$0\r\n\r\n") == .pong)
        #expect(try push("+PONG\r\n") == nil)
        #expect(try push("*0\r\n") == nil)
        #expect(try push("*3\r\n:1\r\n:2\r\n:3\r\n") == nil)
        #expect(try push("*3\r\n$7\r\nmessage\r\n:1\r\n$-1\r\n") == nil)
    }

    private func bytes(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "x"), count: count) }

    private func read(
        _ pieces: [some Collection<UInt8>], sizeLimit: Int = RESPReader.maximumReplySize
    ) throws -> [RESPValue] {
        var reader = RESPReader(sizeLimit: sizeLimit)
        var values: [RESPValue] = []
        for piece in pieces {
            try Array(piece).withUnsafeBytes { try reader.feed($0) }
            while let reply = try reader.next() { values.append(try reply.value) }
        }
        return values
    }

    private func push(_ text: String) throws -> PubSubPush? {
        var reader = RESPReader()
        try Array(text.utf8).withUnsafeBytes { try reader.feed($0) }
        guard let reply = try reader.next() else { throw RedisError.unexpectedReply(to: text) }
        return reply.push
    }
}
