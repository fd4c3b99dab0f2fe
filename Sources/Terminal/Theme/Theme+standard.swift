extension Theme {
    /// `Themes/default.yaml` as a value: reading YAML would take an eighth of the time to the first frame. A test holds
    /// the two together.
    package static let standard = Theme(name: "default", looks: standardLooks)

    private static let standardLooks: [ThemeRole: Looks] = [
        .normal: looks(Look(), Look(), Look()),
        .dim: looks(Look(246), Look(7), Look()),
        .title: looks(Look(110, with: .bold), Look(6, with: .bold), Look(with: .bold)),
        .header: looks(Look(246, with: .bold), Look(with: .bold), Look(with: .underline)),
        .border: looks(Look(240), Look(4), Look()),
        .key: looks(Look(110, with: .bold), Look(6, with: .bold), Look(with: .bold)),
        .input: looks(Look(255, on: 236), Look(15, with: .underline), Look(with: .underline)),
        .selected: looks(Look(255, on: 236), Look(15, on: 8), Look(with: .reverse)),
        .good: looks(Look(108), Look(2), Look()),
        .warning: looks(Look(179, with: .bold), Look(3, with: .bold), Look(with: .bold)),
        .critical: looks(Look(209, with: .bold), Look(15, on: 1), Look(with: [.bold, .reverse])),
        .stale: looks(Look(243), Look(7, with: .underline), Look(with: .underline)),
        .accent: looks(Look(110), Look(6), Look(with: .bold)),
        .bar: looks(Look(66), Look(6), Look()),
        .barEmpty: looks(Look(236), Look(8), Look()),
        .spark: looks(Look(73), Look(6), Look()),
        .heat0: looks(Look(246), Look(7), Look()),
        .heat1: looks(Look(152, on: 237), Look(6), Look()),
        .heat2: looks(Look(194, on: 23), Look(2), Look()),
        .heat3: looks(Look(229, on: 58), Look(3), Look(with: .bold)),
        .heat4: looks(Look(230, on: 94), Look(11, with: .bold), Look(with: .bold)),
        .heat5: looks(Look(255, on: 88, with: .bold), Look(15, on: 1), Look(with: [.bold, .underline])),
        .changed: looks(Look(255, with: .bold), Look(with: .bold), Look(with: .bold)),
    ]

    /// For 256 colours, for 16, and for none.
    private static func looks(_ color256: Look, _ color16: Look, _ mono: Look) -> Looks {
        Looks(color256: color256.appearance, color16: color16.appearance, mono: mono.appearance)
    }
}

/// An appearance in as few words as a table needs.
private struct Look {
    struct Marks: OptionSet {
        let rawValue: Int
        static let bold = Marks(rawValue: 1)
        static let reverse = Marks(rawValue: 2)
        static let underline = Marks(rawValue: 4)
    }

    let appearance: Appearance

    init(_ foreground: UInt8? = nil, on background: UInt8? = nil, with marks: Marks = []) {
        appearance = Appearance(
            foreground: foreground.map(PaletteColor.init), background: background.map(PaletteColor.init),
            bold: marks.contains(.bold), reverse: marks.contains(.reverse), underline: marks.contains(.underline))
    }
}
