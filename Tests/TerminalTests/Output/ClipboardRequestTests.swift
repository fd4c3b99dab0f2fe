import FleetModel
import Foundation
import Testing

@testable import Terminal

@Suite("A request to the clipboard")
struct ClipboardRequestTests {
    @Test(
        "holds lines in base64", arguments: [[], ["a"], ["ab"], ["abc"], ["gw1-w2  8,912", "日本 né"]] as [[SafeText]])
    func encoded(_ lines: [SafeText]) {
        let bytes = Data(lines.map(\.text).joined(separator: "\n").utf8)
        #expect(
            ClipboardRequest.sequence(lines).map { String(decoding: $0, as: UTF8.self) }
                == "\u{1B}]52;c;\(bytes.base64EncodedString())\u{7}")
    }

    @Test("is none for more than a terminal takes")
    func bounded() {
        let most = ClipboardRequest.limit / 4 * 3
        #expect(ClipboardRequest.sequence([SafeText(String(repeating: "x", count: most))]) != nil)
        #expect(ClipboardRequest.sequence([SafeText(String(repeating: "x", count: most + 1))]) == nil)
    }
}
