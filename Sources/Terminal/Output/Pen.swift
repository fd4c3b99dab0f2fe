/// What the terminal draws with at the moment, and the shortest way to something else (ECMA-48, 8.3.117, SGR).
struct Pen {
    /// Nil when it is not known, as after another program wrote.
    private(set) var appearance: Appearance?
    /// Whether single attributes can be taken back; the oldest terminals only know how to drop them all.
    private let takesBack: Bool

    init(takesBack: Bool) { self.takesBack = takesBack }

    mutating func forget() { appearance = nil }

    /// - Parameter blank: nothing but the background will be seen of what is drawn.
    mutating func select(_ wanted: Appearance, blank: Bool = false, _ bytes: inout [UInt8]) {
        guard appearance != wanted, !(blank && leavesBlankAlike(wanted)) else { return }
        let afresh = Self.parameters(of: wanted, reset: true)
        var shortest = afresh
        if takesBack, let appearance {
            let changes = Self.changes(from: appearance, to: wanted)
            if Self.length(changes) < Self.length(afresh) { shortest = changes }
        }
        Self.append(shortest, to: &bytes)
        appearance = wanted
    }

    private func leavesBlankAlike(_ wanted: Appearance) -> Bool {
        guard let appearance else { return false }
        return [appearance, wanted].allSatisfy { !$0.reverse && !$0.underline }
            && appearance.background == wanted.background
    }

    private static func changes(from old: Appearance, to new: Appearance) -> [UInt8] {
        var parameters: [UInt8] = []
        if old.bold, !new.bold { parameters.append(22) }
        if old.underline, !new.underline { parameters.append(24) }
        if old.reverse, !new.reverse { parameters.append(27) }
        if old.foreground != nil, new.foreground == nil { parameters.append(39) }
        if old.background != nil, new.background == nil { parameters.append(49) }
        let added = Appearance(
            foreground: new.foreground == old.foreground ? nil : new.foreground,
            background: new.background == old.background ? nil : new.background,
            bold: new.bold && !old.bold, reverse: new.reverse && !old.reverse,
            underline: new.underline && !old.underline)
        return parameters + Self.parameters(of: added, reset: false)
    }

    private static func parameters(of appearance: Appearance, reset: Bool) -> [UInt8] {
        var parameters: [UInt8] = reset ? [0] : []
        if appearance.bold { parameters.append(1) }
        if appearance.underline { parameters.append(4) }
        if appearance.reverse { parameters.append(7) }
        if let color = appearance.foreground { parameters += color.parameters(dark: 30, bright: 90, other: 38) }
        if let color = appearance.background { parameters += color.parameters(dark: 40, bright: 100, other: 48) }
        return parameters
    }

    /// Of the numbers and what parts them.
    private static func length(_ parameters: [UInt8]) -> Int {
        parameters.reduce(0) { $0 + ($1 < 10 ? 2 : $1 < 100 ? 3 : 4) }
    }

    private static func append(_ parameters: [UInt8], to bytes: inout [UInt8]) {
        bytes += [0x1B, UInt8(ascii: "[")]
        // A sequence without a number drops everything.
        if parameters != [0] {
            for (index, parameter) in parameters.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ";")) }
                bytes.append(decimal: Int(parameter))
            }
        }
        bytes.append(UInt8(ascii: "m"))
    }
}

extension TerminalColor {
    /// A colour of 16 million that is also one of the fixed 256 is shorter by its number.
    fileprivate func parameters(dark: UInt8, bright: UInt8, other: UInt8) -> [UInt8] {
        switch self {
        case .palette(let index) where index < 8: [dark + index]
        case .palette(let index) where index < 16: [bright + index - 8]
        case .palette(let index): [other, 5, index]
        case .rgb(let color):
            color.paletteIndex.map { [other, 5, $0] } ?? [other, 2, color.red, color.green, color.blue]
        }
    }
}

extension [UInt8] {
    mutating func append(decimal number: Int) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
