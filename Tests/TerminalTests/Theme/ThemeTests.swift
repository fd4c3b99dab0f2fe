import Testing

@testable import Terminal

/// A theme in which every role looks plain, with lines of it replaced.
private func yaml(_ replaced: [ThemeRole: String] = [:], head: String = "name: test") -> String {
    let roles = ThemeRole.allCases.map { role in
        "  \(role.rawValue): \(replaced[role] ?? "{256: {}, 16: {}, mono: {}}")\n"
    }
    return "\(head)\nroles:\n" + roles.joined()
}

@Suite("A theme")
struct ThemeTests {
    private let full = TerminalCapabilities(colors: .twoHundredFiftySix, unicode: true)
    private let basic = TerminalCapabilities(colors: .sixteen, unicode: true)
    private let mono = TerminalCapabilities(colors: .none, unicode: true)
    private let looks: [ThemeRole: String] = [
        .warning: "{256: {fg: sand, bg: 17, bold: true}, 16: {fg: bright-yellow}, mono: {underline: true}}",
        .selected: "{256: {fg: 15, bg: 236}, 16: {bg: blue}, mono: {reverse: true}}",
        .good: "{256: {fg: 2}, 16: {}, mono: {}}",
    ]

    private func theme() throws -> Theme {
        try Theme(yaml: yaml(looks, head: "name: test\ncolors: {sand: 179}"), file: "test.yaml")
    }

    @Test("gives a role the look for the colours there are")
    func depths() throws {
        let theme = try theme()
        #expect(
            theme.resolve(Style(.warning), full)
                == Appearance(foreground: .palette(179), background: .palette(17), bold: true))
        #expect(theme.resolve(Style(.warning), basic) == Appearance(foreground: .palette(11)))
        #expect(theme.resolve(Style(.warning), mono) == Appearance(underline: true))
    }

    @Test("lays a style's own attributes over the role")
    func attributes() throws {
        let style = Style(.normal, bold: true, reverse: true, underline: true)
        #expect(try theme().resolve(style, full) == Appearance(bold: true, reverse: true, underline: true))
    }

    @Test("puts the selection under a role without hiding its meaning")
    func selection() throws {
        let theme = try theme()
        #expect(
            theme.resolve(Style(.good, selected: true), full)
                == Appearance(foreground: .palette(2), background: .palette(236)))
        #expect(theme.resolve(Style(.warning, selected: true), full).background == .palette(17))
        #expect(theme.resolve(Style(.warning, selected: true), mono) == Appearance(reverse: true, underline: true))
    }

    @Test(
        "is refused with the file, the line and the key",
        arguments: [
            (.good, "{256: {fg: mauve}, 16: {}, mono: {}}", "roles.good.256.fg", "mauve is no colour"),
            (.good, "{256: {fg: 256}, 16: {}, mono: {}}", "roles.good.256.fg", "256 is no colour"),
            (.good, "{256: {}, 16: {bg: 4}, mono: {}}", "roles.good.16.bg", "4 is no colour"),
            (.good, "{256: {}, 16: {}, mono: {fg: red}}", "roles.good.mono.fg", "unknown key"),
            (.good, "{256: {}, 16: {}, mono: {bold: yes}}", "roles.good.mono.bold", "yes is neither true nor false"),
            (.good, "{256: {}, 16: {}}", "roles.good.mono", "missing"), (.good, "red", "roles.good", "expected keys"),
        ] as [(ThemeRole, String, String, String)])
    func refused(_ role: ThemeRole, _ look: String, _ key: String, _ problem: String) throws {
        let error = #expect(throws: ThemeError.self) { try Theme(yaml: yaml([role: look]), file: "test.yaml") }
        let line = 3 + (ThemeRole.allCases.firstIndex(of: role) ?? 0)
        #expect(
            error?.description.hasPrefix("test.yaml:\(line): \(key): \(problem)") == true,
            "\(String(describing: error))")
    }

    @Test("is refused for a role that nobody knows or that is missing")
    func roles() {
        let unknown = #expect(throws: ThemeError.self) { try Theme(yaml: yaml() + "  glow: {}\n", file: "t") }
        #expect(unknown?.key == "roles.glow")
        #expect(unknown?.line == 3 + ThemeRole.allCases.count)
        let missing = #expect(throws: ThemeError.self) { try Theme(yaml: "name: t\nroles: {}", file: "t") }
        #expect(missing?.key == "roles.normal")
    }

    @Test(
        "is refused when it is not YAML",
        arguments: [("", nil), ("name: [", 2), ("name: a\nname: b", 1), ("roles: {a: 1, a: 2}", 1)] as [(String, Int?)])
    func malformed(_ text: String, _ line: Int?) {
        let error = #expect(throws: ThemeError.self) { try Theme(yaml: text, file: "broken.yaml") }
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.description.hasPrefix("broken.yaml") == true)
    }
}
