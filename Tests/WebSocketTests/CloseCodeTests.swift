import Foundation
import Testing

@testable import WebSocket

@Suite("Close codes")
struct CloseCodeTests {
    @Test("only codes that RFC 6455, 7.4, lets be sent may be sent")
    func sendable() {
        let sendable = (0...UInt16.max).filter { CloseCode(rawValue: $0).mayBeSent }
        #expect(sendable == Array(1000...1003) + Array(1007...1014) + Array(3000...4999))
    }

    @Test("the hundreds of an application's code say whether to come back")
    func ranges() {
        for code in [3000, 3499, 4000, 4499] { #expect(CloseCode(rawValue: UInt16(code)).mayReconnect) }
        for code in [3500, 3999, 4500, 4999] { #expect(!CloseCode(rawValue: UInt16(code)).mayReconnect) }
    }

    @Test("the table in README.md is what the code says")
    func table() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/WebSocket/README.md").standardizedFileURL
        let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| ") && $0.dropFirst(2).first?.isNumber == true }.map(String.init)
        let expected = CloseCode.named.map { code in
            "| \(code.rawValue) | \(code.mayReconnect ? "yes" : "no") | \(code.meaning ?? "?") |"
        }
        #expect(rows == expected)
    }

    @Test("every named code has a meaning, and they are in order")
    func names() {
        #expect(CloseCode.named.allSatisfy { $0.meaning != nil })
        #expect(CloseCode.named.map(\.rawValue) == CloseCode.named.map(\.rawValue).sorted())
        #expect(CloseCode(rawValue: 4_242).meaning == nil)
    }
}
