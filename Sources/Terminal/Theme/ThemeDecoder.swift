import Yams

extension Theme {
    /// Reads a theme from the text of a YAML file. `Themes/default.yaml` shows the format.
    /// - Parameter file: names the file in errors.
    /// - Throws: `ThemeError` for anything unknown, missing or malformed.
    package init(yaml: String, file: String) throws(ThemeError) {
        let root = try ThemeMapping(yaml: yaml, file: file)
        try root.allow(["name", "colors", "roles"])
        let palette = try ThemePalette(try root.mapping("colors"))
        let roles = try root.requiredMapping("roles")
        try roles.allow(ThemeRole.allCases.map(\.rawValue))
        var looks: [ThemeRole: Looks] = [:]
        for role in ThemeRole.allCases {
            looks[role] = try Looks(try roles.requiredMapping(role.rawValue), palette)
        }
        self.init(name: try root.requiredText("name"), looks: looks)
    }
}

extension Theme.Looks {
    fileprivate init(_ mapping: ThemeMapping, _ palette: ThemePalette) throws(ThemeError) {
        try mapping.allow(["256", "16", "mono"])
        color256 = try Appearance(try mapping.requiredMapping("256")) { (text) in palette.color(named: text) }
        color16 = try Appearance(try mapping.requiredMapping("16")) { (text) in ThemePalette.basic[text] }
        mono = try Appearance(try mapping.requiredMapping("mono"), color: nil)
    }
}

extension Appearance {
    fileprivate init(
        _ mapping: ThemeMapping, color: ((String) -> PaletteColor?)?
    ) throws(ThemeError) {
        let colors = color == nil ? [] : ["fg", "bg"]
        try mapping.allow(colors + ["bold", "reverse", "underline"])
        self.init(
            foreground: try mapping.color("fg", color), background: try mapping.color("bg", color),
            bold: try mapping.flag("bold"), reverse: try mapping.flag("reverse"),
            underline: try mapping.flag("underline"))
    }
}

/// The colours a theme may name: its own names for the 256, and the sixteen everyone knows.
private struct ThemePalette {
    private var names: [String: PaletteColor] = [:]

    init(_ mapping: ThemeMapping?) throws(ThemeError) {
        guard let mapping else { return }
        for key in mapping.keys {
            names[key] = try mapping.color(key) { UInt8($0).map(PaletteColor.init) }
        }
    }

    func color(named text: String) -> PaletteColor? {
        names[text] ?? UInt8(text).map(PaletteColor.init)
    }

    static let basic: [String: PaletteColor] = {
        let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        var colors: [String: PaletteColor] = [:]
        for (index, name) in names.enumerated() {
            colors[name] = PaletteColor(UInt8(index))
            colors["bright-\(name)"] = PaletteColor(UInt8(index + 8))
        }
        return colors
    }()
}

extension ThemeMapping {
    fileprivate func color(_ key: String, _ find: ((String) -> PaletteColor?)?) throws(ThemeError) -> PaletteColor? {
        guard let find, let text = try text(key) else { return nil }
        guard let color = find(text) else {
            throw error(
                at: key,
                "\(text) is no colour here; use a number from 0 to 255, a name from colors, "
                    + "or under 16 one of the sixteen names")
        }
        return color
    }
}
