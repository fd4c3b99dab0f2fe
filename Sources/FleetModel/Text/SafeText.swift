/// Text that can be shown: nothing in it can move a cursor, change a colour, reverse the reading order or hide.
///
/// It is the one boundary for text from outside (CWE-150): views, plain output, logs and records take `SafeText`, and
/// the only ways to make one are a literal of ours, a number, or passing a string through `init(_:)`.
package struct SafeText: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Replaces what must not reach a terminal: C0, DEL, C1, bidirectional controls, zero-width and other invisible
    /// format characters, line and paragraph separators, and what was not UTF-8 (already U+FFFD).
    package init(_ outside: some StringProtocol) {
        if outside.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) {
            text = String(outside)
        } else {
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: outside.unicodeScalars.lazy.map { Self.isSafe($0) ? $0 : "\u{FFFD}" })
            text = String(scalars)
        }
    }

    package init(_ room: RoomName) { self.init(unchecked: room.rawValue) }
    package init(_ worker: WorkerID) { self.init(worker.rawValue) }

    private init(unchecked text: String) {
        self.text = text
    }

    package var description: String { text }
    package var isEmpty: Bool { text.isEmpty }

    package static func + (left: Self, right: Self) -> Self { Self(unchecked: left.text + right.text) }

    /// The characters themselves are each safe, so that any part of a safe text is.
    package func prefix(_ count: Int) -> SafeText { SafeText(unchecked: String(text.prefix(count))) }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: !invisible.contains(scalar.value)
        }
    }

    /// Invisible although not of a format category: combining grapheme joiner, Hangul fillers, Khmer inherent vowels,
    /// and the blank braille pattern.
    private static let invisible: Set<UInt32> = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0]
}

extension SafeText: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self.init(value) }

    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// Takes only what is safe already, so that a raw string in an interpolation does not compile.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 8 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ value: SafeText) { text += value.text }
        package mutating func appendInterpolation(_ value: some BinaryInteger) { text += String(value) }
        package mutating func appendInterpolation(_ value: RoomName) { text += value.rawValue }
        package mutating func appendInterpolation(_ value: WorkerID) { text += SafeText(value).text }
    }
}
