import Testing

@testable import Terminal

/// A terminal that is a value: it reads what an encoder writes, and complains of anything else.
struct PaperTerminal {
    struct Glyph: Equatable {
        var text = " "
        var look = Appearance.plain
    }

    let size: Size
    private(set) var rows: [[Glyph]]
    private(set) var x = 0
    private(set) var y = 0
    private(set) var showsCursor = true
    private var look = Appearance.plain
    private var bytes: ArraySlice<UInt8> = []

    init(_ size: Size) {
        self.size = size
        rows = Array(repeating: Array(repeating: Glyph(), count: size.columns), count: size.rows)
    }

    mutating func read(_ output: [UInt8]) {
        bytes = output[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case 0x08: x -= 1
            case 0x0A: y += 1
            case 0x0D: x = 0
            case 0x1B: control()
            default: show(byte)
            }
            #expect(x >= 0 && y >= 0 && y < size.rows, "the cursor stays on the screen")
        }
    }

    private mutating func show(_ lead: UInt8) {
        let length = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
        let text = String(decoding: [lead] + bytes.prefix(length), as: UTF8.self)
        bytes = bytes.dropFirst(length)
        guard let scalar = text.unicodeScalars.first else { return }
        if scalar.columnWidth == 0 {
            rows[y][x - 1].text += text
        } else {
            #expect(x + scalar.columnWidth <= size.columns, "nothing is written past the edge")
            rows[y][x] = Glyph(text: text, look: look)
            if scalar.columnWidth == 2 { rows[y][x + 1] = Glyph(text: "", look: look) }
            x += scalar.columnWidth
        }
    }

    private mutating func control() {
        #expect(bytes.popFirst() == UInt8(ascii: "["))
        let text = String(decoding: bytes.prefix { !(0x40...0x7E).contains($0) }, as: UTF8.self)
        bytes = bytes.dropFirst(text.utf8.count)
        let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let count = max(1, numbers[0])
        switch bytes.popFirst().map({ Character(Unicode.Scalar($0)) }) {
        case "H": (y, x) = (count - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1)
        case "A": y -= count
        case "B": y += count
        case "C": x += count
        case "D": x -= count
        case "J": rows = PaperTerminal(size).rows
        case "K":
            for column in x..<size.columns { rows[y][column] = Glyph(look: Appearance(background: look.background)) }
        case "h": showsCursor = true
        case "l": showsCursor = false
        case "m": select(numbers)
        case let final: Issue.record("\(text)\(final.map(String.init) ?? "") is not understood")
        }
    }

    private mutating func select(_ numbers: [Int]) {
        var numbers = numbers[...]
        while let number = numbers.popFirst() {
            switch number {
            case 0: look = .plain
            case 1, 22: look.bold = number == 1
            case 4, 24: look.underline = number == 4
            case 7, 27: look.reverse = number == 7
            case 30...37: look.foreground = .palette(UInt8(number - 30))
            case 40...47: look.background = .palette(UInt8(number - 40))
            case 90...97: look.foreground = .palette(UInt8(number - 82))
            case 100...107: look.background = .palette(UInt8(number - 92))
            case 38: look.foreground = Self.color(&numbers)
            case 48: look.background = Self.color(&numbers)
            case 39: look.foreground = nil
            case 49: look.background = nil
            default: Issue.record("SGR \(number) is not understood")
            }
        }
    }

    private static func color(_ numbers: inout ArraySlice<Int>) -> TerminalColor? {
        let parts = numbers.first == 5 ? 1 : 3
        let values = numbers.dropFirst().prefix(parts).map { UInt8($0) }
        numbers = numbers.dropFirst(1 + parts)
        return parts == 1 ? .palette(values[0]) : .rgb(RGBColor(red: values[0], green: values[1], blue: values[2]))
    }
}
