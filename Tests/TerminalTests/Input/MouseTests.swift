import Testing

@testable import Terminal

@Suite("A mouse report")
struct MouseTests {
    private func events(_ text: String) -> [TerminalEvent] {
        var decoder = InputDecoder()
        return decoder.feed(Array(text.utf8)) + decoder.timeOut()
    }

    @Test(
        "is a button or the wheel at a place counted from 0",
        arguments: [
            ("\u{1B}[<0;1;1M", MouseEvent(.left, column: 0, row: 0)),
            ("\u{1B}[<1;12;3M", MouseEvent(.middle, column: 11, row: 2)),
            ("\u{1B}[<2;500;300M", MouseEvent(.right, column: 499, row: 299)),
            ("\u{1B}[<64;5;6M", MouseEvent(.wheelUp, column: 4, row: 5)),
            ("\u{1B}[<65;5;6M", MouseEvent(.wheelDown, column: 4, row: 5)),
            ("\u{1B}[<16;5;6M", MouseEvent(.left, column: 4, row: 5)),
        ])
    func known(_ report: String, _ event: MouseEvent) {
        #expect(events(report) == [.mouse(event)])
    }

    @Test("may arrive byte by byte")
    func pieces() {
        var decoder = InputDecoder()
        let events = Array("\u{1B}[<0;40;12Mq".utf8).flatMap { decoder.feed([$0]) }
        #expect(events == [.mouse(MouseEvent(.left, column: 39, row: 11)), .key(.character("q"))])
        #expect(!decoder.isWaiting)
    }

    @Test(
        "is read over when it is a release, movement, another button or malformed, and never becomes a key",
        arguments: [
            "<0;1;1m", "<32;1;1M", "<35;1;1M", "<66;1;1M", "<128;1;1M", "<0;0;1M", "<0;1M", "<0;1;1;1M", "<;;M", "<M",
            "<0;99999;1M", "<0;-1;1M", "<0;1;1A", "M !!", "<0;1;1~",
        ])
    func ignored(_ report: String) {
        #expect(events("\u{1B}[\(report)") == [])
        #expect(events("\u{1B}[\(report)x") == [.key(.character("x"))])
    }
}
