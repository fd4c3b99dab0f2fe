import FleetModel
import Logging
import Synchronization
import Testing

@testable import Telemetry

@Suite("A line of the log")
struct LineLogHandlerTests {
    let time = UnixTime(microseconds: 1_795_457_902_197_003)

    func line(_ message: String, _ pairs: Logger.Metadata) -> String {
        LineLogHandler.line(time: time, level: .info, label: "gadgate", message: message, pairs: pairs)
    }

    @Test("has time, level, label, message, and the metadata in order")
    func whole() {
        #expect(
            line("worker up", ["port": "8080", "node": "gw"])
                == "\(time) info gadgate: worker up node=gw port=8080\n")
    }

    @Test("quotes values in which it could be misread")
    func quoting() {
        #expect(line("m", ["a": "b c", "d": "x=\"y\"", "e": ""]).hasSuffix("a=\"b c\" d=\"x=\\\"y\\\"\" e=\"\"\n"))
    }

    @Test("lets no value end its own quotes: not by a backslash before them, nor by a quote with a mark behind it")
    func endOfQuotes() {
        #expect(line("m", ["a": "b c\\"]).hasSuffix("a=\"b c\\\\\"\n"))
        let quote = Array("a=\"x \\\"\u{301}\"\n".unicodeScalars)
        #expect(line("m", ["a": "x \"\u{301}"]).unicodeScalars.suffix(quote.count).elementsEqual(quote))
    }

    @Test("stays one line, whatever a client calls itself")
    func injection() {
        let text = line("m", ["user": "eve\n2026 critical forged\u{1B}[2J"])
        #expect(text.split(separator: "\n").count == 1)
        #expect(!text.contains("\u{1B}"))
    }

    @Test("never has a token", arguments: ["/ws/connect?token=eyJh.x.y&a=b", "/ws/connect?a=b&token=eyJh.x.y"])
    func tokens(_ target: String) {
        let text = line("m", ["target": "\(target)"])
        #expect(!text.contains("eyJh"))
        #expect(text.contains("token=REDACTED"))
        #expect(text.contains("a=b"))
    }

    @Test("is written only for levels that are wanted, with the logger's own metadata")
    func levels() {
        let lines = Lines()
        var logger = Logger(label: "gadgate") { LineLogHandler(label: $0, level: .warning) { lines.append($0) } }
        logger[metadataKey: "worker"] = "gw-w0"
        logger.info("not wanted")
        logger.error("wanted", metadata: ["why": "because"])
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.hasSuffix("error gadgate: wanted why=because worker=gw-w0\n") == true)
    }

    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func append(_ line: String) { lines.withLock { $0.append(line) } }
    }
}
