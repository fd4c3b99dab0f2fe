/// The colours a theme may name: its own names, and the sixteen everyone knows.
struct ThemePalette {
    /// One colour, as terminals with 16 million and those with 256 are asked for it.
    struct Entry {
        var exact: TerminalColor
        var indexed: TerminalColor

        /// A number stands for itself everywhere; `#rrggbb` for its nearest neighbour where there are but 256.
        init?(_ text: String) {
            if let rgb = RGBColor(text) {
                self.init(rgb, index: rgb.nearestPaletteIndex)
            } else if let index = UInt8(text) {
                self.init(exact: .palette(index), indexed: .palette(index))
            } else {
                return nil
            }
        }

        private init(exact: TerminalColor, indexed: TerminalColor) {
            self.exact = exact
            self.indexed = indexed
        }

        init(_ rgb: RGBColor, index: UInt8) {
            self.init(exact: .rgb(rgb), indexed: .palette(index))
        }
    }

    private var names: [String: Entry] = [:]

    init(_ mapping: ThemeMapping?) throws(ThemeError) {
        guard let mapping else { return }
        for key in mapping.keys { names[key] = try mapping.entry(key) }
    }

    func color(named text: String) -> Entry? { names[text] ?? Entry(text) }

    static let basic: [String: TerminalColor] = {
        let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        var colors: [String: TerminalColor] = [:]
        for (index, name) in names.enumerated() {
            colors[name] = .palette(UInt8(index))
            colors["bright-\(name)"] = .palette(UInt8(index + 8))
        }
        return colors
    }()
}

extension ThemeMapping {
    /// `246`, `"#949494"`, or both as `{rgb: "#949494", 256: 246}`.
    fileprivate func entry(_ key: String) throws(ThemeError) -> ThemePalette.Entry {
        if isMapping(key) {
            let parts = try requiredMapping(key)
            try parts.allow(["rgb", "256"])
            return ThemePalette.Entry(try parts.requiredHexColor("rgb"), index: try parts.requiredIndex("256"))
        }
        let text = try requiredText(key)
        guard let entry = ThemePalette.Entry(text) else {
            throw error(at: key, "\(text) is no colour; write \"#rrggbb\" in quotes, or a number from 0 to 255")
        }
        return entry
    }

    func hexColor(_ key: String) throws(ThemeError) -> RGBColor? {
        guard let text = try text(key) else { return nil }
        guard let color = RGBColor(text) else {
            throw error(at: key, "\(text) is no colour; write \"#rrggbb\" in quotes")
        }
        return color
    }

    private func requiredHexColor(_ key: String) throws(ThemeError) -> RGBColor {
        guard let color = try hexColor(key) else { throw error(at: key, "missing") }
        return color
    }

    private func requiredIndex(_ key: String) throws(ThemeError) -> UInt8 {
        let text = try requiredText(key)
        guard let index = UInt8(text) else { throw error(at: key, "\(text) is no number from 0 to 255") }
        return index
    }
}
