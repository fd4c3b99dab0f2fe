/// Turns the bytes a terminal sends into keys, clicks and pastes; a value: time and reading stay with its owner.
///
/// A sequence may arrive in pieces. While `isWaiting`, an escape byte may be the Escape key or the start of a longer
/// sequence: the owner waits a moment for more and then calls `timeOut`.
package struct InputDecoder: Sendable {
    /// Longer than any sequence a key sends; what grows past it is dropped.
    static let longestSequence = 32

    private let sequences: KeySequences
    private var pending: [UInt8] = []
    /// While what comes is being pasted.
    private var paste: PasteCollector?

    package init(sequences: KeySequences = KeySequences()) {
        self.sequences = sequences
    }

    package var isWaiting: Bool { !pending.isEmpty }

    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
        pending.append(contentsOf: bytes)
        return decode(final: false)
    }

    /// Nothing more came: what is pending is all there is.
    package mutating func timeOut() -> [TerminalEvent] { decode(final: true) }

    private mutating func decode(final: Bool) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var start = 0
        while start < pending.count {
            if paste != nil {
                start += gather(pending[start...], &events)
                continue
            }
            switch step(pending[start...], final: final) {
            case .incomplete:
                pending.removeFirst(start)
                return events
            case .skipped(let count):
                start += count
            case .event(let event, let count):
                events.append(event)
                start += count
            case .pasteBegins(let count):
                paste = PasteCollector()
                start += count
            }
        }
        pending.removeAll(keepingCapacity: true)
        return events
    }

    /// - Returns: how many of the bytes belong to the paste.
    private mutating func gather(_ bytes: ArraySlice<UInt8>, _ events: inout [TerminalEvent]) -> Int {
        for (index, byte) in bytes.enumerated() {
            switch paste?.take(byte) {
            case .gathering?: continue
            case .ended(let whole)?:
                events.append(.paste(whole))
                paste = nil
                return index + 1
            case .abandoned?, nil:
                paste = nil
                return index
            }
        }
        return bytes.count
    }

    private enum Step {
        case event(TerminalEvent, Int)
        case skipped(Int)
        case pasteBegins(Int)
        case incomplete

        static func key(_ key: Key, _ count: Int) -> Step { .event(.key(key), count) }
    }

    private func step(_ bytes: ArraySlice<UInt8>, final: Bool) -> Step {
        switch bytes[bytes.startIndex] {
        case 0x1B: escape(bytes, final: final)
        case 0x0A, 0x0D: .key(.enter, 1)
        case 0x09: .key(.tab, 1)
        case 0x08, 0x7F: .key(.backspace, 1)
        case let byte where byte < 0x20: .key(.control(Self.controlCharacter(byte)), 1)
        case let byte where byte < 0x7F: .key(.character(Character(Unicode.Scalar(byte))), 1)
        default: utf8(bytes, final: final)
        }
    }

    /// Ctrl with a letter, a space, or one of `[\]^_`.
    private static func controlCharacter(_ byte: UInt8) -> Character {
        switch byte {
        case 0: " "
        case 1...26: Character(Unicode.Scalar(byte + 0x60))
        default: Character(Unicode.Scalar(byte + 0x40))
        }
    }

    private func escape(_ bytes: ArraySlice<UInt8>, final: Bool) -> Step {
        if let (key, count) = sequences.match(bytes) { return .key(key, count) }
        guard let second = bytes.dropFirst().first else { return final ? .key(.escape, 1) : .incomplete }
        guard second == UInt8(ascii: "[") || second == UInt8(ascii: "O") else { return .key(.escape, 1) }
        guard let length = Self.sequenceLength(bytes) else {
            if final { return .key(.escape, 1) }
            return bytes.count > Self.longestSequence ? .skipped(bytes.count) : .incomplete
        }
        let sequence = bytes.prefix(length)
        if sequence.elementsEqual(PasteCollector.start) { return .pasteBegins(length) }
        if sequence.elementsEqual(Self.oldMouseReport) { return oldMouseReport(bytes, final: final) }
        if sequence.starts(with: MouseEvent.introducer) {
            return MouseEvent(report: sequence).map { .event(.mouse($0), length) } ?? .skipped(length)
        }
        return KeySequences.key(ofControlSequence: sequence).map { .key($0, length) } ?? .skipped(length)
    }

    /// What a terminal without mode 1006 sends for a click: three bytes follow, which are no keys.
    private static let oldMouseReport = Array("\u{1B}[M".utf8)

    private func oldMouseReport(_ bytes: ArraySlice<UInt8>, final: Bool) -> Step {
        let length = Self.oldMouseReport.count + 3
        return bytes.count < length && !final ? .incomplete : .skipped(min(length, bytes.count))
    }

    /// Of `ESC [ parameters final` and `ESC O final` (ECMA-48 5.4); nil while it is not complete.
    private static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        // The Linux console's function keys: ESC [ [ A.
        let introducer = bytes.dropFirst(2).first == UInt8(ascii: "[") ? 3 : 2
        let final = bytes.dropFirst(introducer).firstIndex { !(0x20...0x3F).contains($0) }
        return final.map { $0 - bytes.startIndex + 1 }
    }

    private func utf8(_ bytes: ArraySlice<UInt8>, final: Bool) -> Step {
        let length = Self.utf8Length(bytes[bytes.startIndex])
        let sequence = bytes.prefix(length)
        let tail = sequence.dropFirst().prefix { (0x80...0xBF).contains($0) }
        if tail.count < length - 1, sequence.count == tail.count + 1, sequence.count < length, !final {
            return .incomplete
        }
        guard length > 1, tail.count == length - 1, let text = String(validating: sequence, as: UTF8.self),
            let character = text.first
        else { return .key(.character("\u{FFFD}"), 1 + tail.count) }
        // C1 controls are no text, and no key sends them.
        if let scalar = text.unicodeScalars.first, scalar.value < 0xA0 { return .skipped(length) }
        return .key(.character(character), length)
    }

    private static func utf8Length(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
