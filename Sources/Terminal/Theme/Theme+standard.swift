extension Theme {
    /// `Themes/default.yaml` as a value: reading YAML would take an eighth of the time to the first frame. A test holds
    /// the two together.
    package static let standard = Theme(
        name: "default", background: RGBColor(hex: 0x121212), looks: standardLooks)

    private static let standardLooks: [ThemeRole: Looks] = [
        .normal: looks(Look(), Look(), Look()),
        .dim: looks(Look(.soft), Look(7), Look()),
        .title: looks(Look(.sky, with: .bold), Look(6, with: .bold), Look(with: .bold)),
        .header: looks(Look(.soft, with: .bold), Look(with: .bold), Look(with: .underline)),
        .border: looks(Look(.faint), Look(4), Look()),
        .key: looks(Look(.sky, with: .bold), Look(6, with: .bold), Look(with: .bold)),
        .input: looks(Look(.chalk, on: .night), Look(15, with: .underline), Look(with: .underline)),
        .selected: looks(Look(.chalk, on: .night), Look(15, on: 8), Look(with: .reverse)),
        .good: looks(Look(.leaf), Look(2), Look()),
        .warning: looks(Look(.sand, with: .bold), Look(3, with: .bold), Look(with: .bold)),
        .critical: looks(Look(.ember, with: .bold), Look(15, on: 1), Look(with: [.bold, .reverse])),
        .stale: looks(Look(.ash), Look(7, with: .underline), Look(with: .underline)),
        .accent: looks(Look(.sky), Look(6), Look(with: .bold)),
        .bar: looks(Look(.slate), Look(6), Look()),
        .barEmpty: looks(Look(.rest), Look(8), Look()),
        .spark: looks(Look(.sea), Look(6), Look()),
        .heat0: looks(Look(.soft), Look(7), Look()),
        .heat1: looks(Look(.mist, on: .dusk), Look(6), Look()),
        .heat2: looks(Look(.foam, on: .deep), Look(2), Look()),
        .heat3: looks(Look(.straw, on: .moss), Look(3), Look(with: .bold)),
        .heat4: looks(Look(.cream, on: .rust), Look(11, with: .bold), Look(with: .bold)),
        .heat5: looks(Look(.chalk, on: .wine, with: .bold), Look(15, on: 1), Look(with: [.bold, .underline])),
        .changed: looks(Look(.chalk, with: .bold), Look(with: .bold), Look(with: .bold)),
    ]

    /// For 16 million colours and for 256, for 16, and for none.
    private static func looks(_ colors: Look, _ color16: Look, _ mono: Look) -> Looks {
        Looks(
            trueColor: colors.appearance(\.exact), color256: colors.appearance(\.indexed),
            color16: color16.appearance(\.indexed), mono: mono.appearance(\.indexed))
    }
}

/// A colour of the theme: exactly, and by its number.
private struct Shade: ExpressibleByIntegerLiteral {
    let exact: TerminalColor
    let indexed: TerminalColor

    init(_ hex: UInt32, _ index: UInt8) {
        exact = .rgb(RGBColor(hex: hex))
        indexed = .palette(index)
    }

    init(integerLiteral index: UInt8) {
        exact = .palette(index)
        indexed = exact
    }

    static let soft = Shade(0x9E9E9E, 247)
    static let faint = Shade(0x626262, 241)
    static let night = Shade(0x2E3036, 236)
    static let rest = Shade(0x444444, 238)
    static let ash = Shade(0x828282, 244)
    static let sky = Shade(0x87AFD7, 110)
    static let sea = Shade(0x5FAFAF, 73)
    static let slate = Shade(0x5F8787, 66)
    static let leaf = Shade(0x87AF87, 108)
    static let sand = Shade(0xD7AF5F, 179)
    static let ember = Shade(0xFF875F, 209)
    static let chalk = Shade(0xEEEEEE, 255)
    static let mist = Shade(0xAFD7D7, 152)
    static let foam = Shade(0xD7FFD7, 194)
    static let straw = Shade(0xFFFFAF, 229)
    static let cream = Shade(0xFFFFD7, 230)
    static let dusk = Shade(0x2A3A3C, 237)
    static let deep = Shade(0x0F4A4A, 23)
    static let moss = Shade(0x55551A, 58)
    static let rust = Shade(0x7D4A10, 94)
    static let wine = Shade(0x871420, 88)
}

/// An appearance in as few words as a table needs.
private struct Look {
    struct Marks: OptionSet {
        let rawValue: Int
        static let bold = Marks(rawValue: 1)
        static let reverse = Marks(rawValue: 2)
        static let underline = Marks(rawValue: 4)
    }

    private let foreground: Shade?
    private let background: Shade?
    private let marks: Marks

    init(_ foreground: Shade? = nil, on background: Shade? = nil, with marks: Marks = []) {
        self.foreground = foreground
        self.background = background
        self.marks = marks
    }

    func appearance(_ color: (Shade) -> TerminalColor) -> Appearance {
        Appearance(
            foreground: foreground.map(color), background: background.map(color),
            bold: marks.contains(.bold), reverse: marks.contains(.reverse), underline: marks.contains(.underline))
    }
}
