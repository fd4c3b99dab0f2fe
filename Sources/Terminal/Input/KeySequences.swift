/// What the keys past the letters send: what this terminal's description says first, then what nearly all send.
package struct KeySequences: Sendable {
    private let described: [(bytes: [UInt8], key: Key)]

    /// - Parameter described: from the terminal's description; sequences that do not start with ESC are ignored.
    package init(described: [[UInt8]: Key] = [:]) {
        self.described = described.filter { $0.key.first == 0x1B && $0.key.count > 1 }
            .sorted { $0.key.count > $1.key.count }.map { ($0.key, $0.value) }
    }

    func match(_ bytes: ArraySlice<UInt8>) -> (Key, Int)? {
        described.first { bytes.starts(with: $0.bytes) }.map { ($0.key, $0.bytes.count) }
    }

    /// xterm's sequences (ctlseqs, "PC-Style Function Keys"), with those of rxvt and the Linux console; modifiers are
    /// read over.
    static func key(ofControlSequence bytes: ArraySlice<UInt8>) -> Key? {
        guard let final = bytes.last else { return nil }
        if bytes.dropFirst(2).first == UInt8(ascii: "[") {
            return functions(from: 1, to: 5, letters: "A", final)
        }
        switch Character(Unicode.Scalar(final)) {
        case "A": return .up
        case "B": return .down
        case "C": return .right
        case "D": return .left
        case "H": return .home
        case "F": return .end
        case "Z": return .backTab
        case "M": return bytes.dropFirst().first == UInt8(ascii: "O") ? .enter : nil
        case "P", "Q", "R", "S": return functions(from: 1, to: 4, letters: "P", final)
        case "~": return tildeKey(bytes)
        default: return nil
        }
    }

    private static func functions(from first: Int, to last: Int, letters: Unicode.Scalar, _ final: UInt8) -> Key? {
        let number = first + Int(final) - Int(letters.value)
        return (first...last).contains(number) ? .function(number) : nil
    }

    private static func tildeKey(_ bytes: ArraySlice<UInt8>) -> Key? {
        let digits = bytes.dropFirst(2).prefix { (0x30...0x39).contains($0) }
        switch Int(String(decoding: digits, as: UTF8.self)) {
        case 1, 7: return .home
        case 3: return .delete
        case 4, 8: return .end
        case 5: return .pageUp
        case 6: return .pageDown
        // The numbers leave gaps where the VT220's keyboard did.
        case let number? where (11...15).contains(number): return .function(number - 10)
        case let number? where (17...21).contains(number): return .function(number - 11)
        case let number? where (23...24).contains(number): return .function(number - 12)
        default: return nil
        }
    }
}
