import Testing

@testable import Gateway

@Suite("Lines out of a stream of bytes")
struct LineBufferTests {
    private func lines(_ parts: String..., bound: Int = 8) -> [String] {
        var buffer = LineBuffer(bound: bound)
        return parts.flatMap { buffer.take($0.utf8) }.map {
            switch $0 {
            case .whole(let bytes): String(decoding: bytes, as: UTF8.self)
            case .tooLong: "too long"
            }
        }
    }

    @Test("come whole, however the bytes arrive")
    func whole() {
        #expect(lines("ab\ncd\n") == ["ab", "cd"])
        #expect(lines("a", "b", "\nc", "d\n\n") == ["ab", "cd", ""])
        #expect(lines("unfinished").isEmpty)
    }

    @Test("are dropped when they are longer than the bound, and the next one is whole again")
    func tooLong() {
        #expect(lines("12345678\n") == ["12345678"])
        #expect(lines("123456", "789", "and more\nnext\n") == ["too long", "next"])
    }
}
