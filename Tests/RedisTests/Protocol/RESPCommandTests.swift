import NIOCore
import Redis
import Testing

@Suite("RESP command")
struct RESPCommandTests {
    @Test("arguments are sent with their lengths, whatever bytes they hold")
    func encoded() throws {
        let command = RESPCommand("SET", "kéy", .bytes(ByteBuffer(bytes: [0, 13, 10, 255])), "")
        let expected =
            Array("*4\r\n$3\r\nSET\r\n$4\r\nkéy\r\n$4\r\n".utf8) + [0, 13, 10, 255]
            + Array("\r\n$0\r\n\r\n".utf8)
        #expect(try Array(command.encoded().readableBytesView) == expected)
    }

    @Test("a command of empty arguments alone is sent too")
    func empty() throws {
        #expect(try String(buffer: RESPCommand("").encoded()) == "*1\r\n$0\r\n\r\n")
    }

    @Test("a command over the size limit is refused")
    func tooLarge() {
        let large = ByteBuffer(repeating: 0, count: RESPCommand.maximumSize + 1)
        #expect(throws: RedisError.commandTooLarge(large.readableBytes)) {
            try RESPCommand([.bytes(large)]).encoded()
        }
    }
}
