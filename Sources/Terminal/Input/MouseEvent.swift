/// A button pressed or the wheel turned, and where.
package struct MouseEvent: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case left, middle, right
        case wheelUp, wheelDown
    }

    package let action: Action
    /// From 0 at the upper left.
    package let column: Int
    package let row: Int

    package init(_ action: Action, column: Int, row: Int) {
        self.action = action
        self.column = column
        self.row = row
    }
}

extension MouseEvent {
    /// Of a report `ESC [ < button ; column ; row M` (xterm's ctlseqs, "Extended coordinates", 1006); nil for
    /// releases, movement, buttons past the wheel, and what is malformed.
    init?(report: ArraySlice<UInt8>) {
        guard report.starts(with: Self.introducer), report.last == UInt8(ascii: "M") else { return nil }
        let numbers = report.dropFirst(Self.introducer.count).dropLast()
            .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { UInt16(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 3, let code = numbers[0], let column = numbers[1], let row = numbers[2],
            column > 0, row > 0, let action = Self.action(code)
        else { return nil }
        self.init(action, column: Int(column) - 1, row: Int(row) - 1)
    }

    static let introducer = Array("\u{1B}[<".utf8)

    /// Shift, Meta and Ctrl are bits 2 to 4, and read over.
    private static func action(_ code: UInt16) -> Action? {
        switch code & ~0b11100 {
        case 0: .left
        case 1: .middle
        case 2: .right
        case 64: .wheelUp
        case 65: .wheelDown
        default: nil
        }
    }
}
