import FleetModel

/// What the operator pasted, on one line and made safe to show.
package struct Paste: Hashable, Sendable {
    /// Ends of lines and tabs are blanks, and there are none at its own ends.
    package let text: SafeText
    /// Whether there was more than `PasteCollector.limit` bytes of it.
    package let isCut: Bool

    package init(_ text: some StringProtocol, isCut: Bool = false) {
        // A Windows line end is one character.
        let blanks = text.split(omittingEmptySubsequences: true) { $0.isNewline || $0 == "\t" || $0 == " " }
        self.text = SafeText(blanks.joined(separator: " "))
        self.isCut = isCut
    }
}

/// Gathers what stands between the two marks of a bracketed paste (xterm's ctlseqs, "Bracketed Paste Mode").
struct PasteCollector: Sendable {
    /// No field of the console takes more; the rest is read over.
    static let limit = 4096
    static let start = Array("\u{1B}[200~".utf8)
    private static let end = Array("\u{1B}[201~".utf8)
    /// Terminals take control characters out of what they paste, so that this one was pressed: the way out when the
    /// second mark was lost.
    private static let abandon: UInt8 = 0x03

    enum Step {
        case ended(Paste)
        /// Left with Ctrl-C, which is yet to be read.
        case abandoned
        case gathering
    }

    private var bytes: [UInt8] = []
    private var matched = 0
    private var isCut = false

    /// Takes the next byte.
    mutating func take(_ byte: UInt8) -> Step {
        if byte == Self.end[matched] {
            matched += 1
            return matched == Self.end.count ? .ended(paste) : .gathering
        }
        // Only its first byte is an escape, so that nothing within what matched can begin it anew.
        Self.end[..<matched].forEach { keep($0) }
        matched = 0
        if byte == Self.abandon { return .abandoned }
        if byte == Self.end[0] { matched = 1 } else { keep(byte) }
        return .gathering
    }

    private mutating func keep(_ byte: UInt8) {
        if bytes.count < Self.limit { bytes.append(byte) } else { isCut = true }
    }

    private var paste: Paste { Paste(String(decoding: bytes, as: UTF8.self), isCut: isCut) }
}
