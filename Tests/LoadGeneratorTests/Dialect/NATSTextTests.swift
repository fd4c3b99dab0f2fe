import Testing

@testable import LoadGenerator

struct NATSTextTests {
    @Test("a frame's messages are handed over one after the other, whatever they hold")
    func messages() {
        let frame = "INFO {}\r\nMSG room 1 5\r\nMSG\r\n\r\nPING\r\nMSG room 2 0\r\n\r\nPONG\r\n-ERR 'x'\r\n"
        var seen: [String] = []
        #expect(items(of: frame) { seen.append($0) })
        #expect(seen == ["other", "MSG\r\n", "ping", "", "pong", "error"])
    }

    @Test(
        "a frame that ends within a message is none of the protocol",
        arguments: ["MSG room 1 5\r\nabc", "MSG room 1\r\n\r\n", "MSG room 1 x\r\n\r\n", "HELLO\r\n", "PING"])
    func broken(frame: String) {
        #expect(!items(of: frame) { _ in })
    }

    private func items(of frame: String, _ body: (String) -> Void) -> Bool {
        let bytes = Array(frame.utf8)
        return bytes.withUnsafeBytes { buffer in
            NATSText.forEach(in: buffer) { item in
                switch item {
                case .message(let place): body(String(decoding: bytes[place], as: UTF8.self))
                case .ping: body("ping")
                case .pong: body("pong")
                case .other(let isError): body(isError ? "error" : "other")
                }
            }
        }
    }
}
