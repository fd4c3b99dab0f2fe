import Yams

extension Theme {
    /// Reads a theme from the text of a YAML file. `Themes/default.yaml` shows the format.
    /// - Parameter file: names the file in errors.
    /// - Throws: `ThemeError` for anything unknown, missing or malformed.
    package init(yaml: String, file: String) throws(ThemeError) {
        let root = try ThemeMapping(yaml: yaml, file: file)
        try root.allow(["name", "background", "colors", "roles"])
        let palette = try ThemePalette(try root.mapping("colors"))
        let roles = try root.requiredMapping("roles")
        try roles.allow(ThemeRole.allCases.map(\.rawValue))
        var looks: [ThemeRole: Looks] = [:]
        for role in ThemeRole.allCases {
            looks[role] = try Looks(try roles.requiredMapping(role.rawValue), palette)
        }
        self.init(
            name: try root.requiredText("name"), background: try root.hexColor("background"), looks: looks)
    }
}

extension Theme.Looks {
    /// Where a role has no look of its own for 16 million colours, it is that for 256 with the named colours' exact
    /// values.
    fileprivate init(_ mapping: ThemeMapping, _ palette: ThemePalette) throws(ThemeError) {
        try mapping.allow(["rgb", "256", "16", "mono"])
        let color256 = try mapping.requiredMapping("256")
        let exact = try mapping.mapping("rgb") ?? color256
        self.init(
            trueColor: try Appearance(exact) { palette.color(named: $0)?.exact },
            color256: try Appearance(color256) { palette.color(named: $0)?.indexed },
            color16: try Appearance(try mapping.requiredMapping("16")) { ThemePalette.basic[$0] },
            mono: try Appearance(try mapping.requiredMapping("mono"), color: nil))
    }
}

extension Appearance {
    fileprivate init(
        _ mapping: ThemeMapping, color: ((String) -> TerminalColor?)?
    ) throws(ThemeError) {
        let colors = color == nil ? [] : ["fg", "bg"]
        try mapping.allow(colors + ["bold", "reverse", "underline"])
        self.init(
            foreground: try mapping.color("fg", color), background: try mapping.color("bg", color),
            bold: try mapping.flag("bold"), reverse: try mapping.flag("reverse"),
            underline: try mapping.flag("underline"))
    }
}

extension ThemeMapping {
    fileprivate func color(_ key: String, _ find: ((String) -> TerminalColor?)?) throws(ThemeError) -> TerminalColor? {
        guard let find, let text = try text(key) else { return nil }
        guard let color = find(text) else {
            throw error(
                at: key,
                "\(text) is no colour here; use a name from colors, \"#rrggbb\" or a number from 0 to 255, "
                    + "or under 16 one of the sixteen names")
        }
        return color
    }
}
