import Foundation
import Terminal
import Testing
import Themes

@Suite("A shipped theme")
struct ShippedThemesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Themes")

    @Test("is every YAML file of the folder, as it stands there")
    func complete() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".yaml") }.sorted()
        #expect(ShippedThemes.all.map(\.name).sorted() == files)
        #expect(files.count == 5)
        for theme in ShippedThemes.all {
            #expect(try theme.yaml == String(contentsOf: Self.folder.appending(path: theme.name), encoding: .utf8))
        }
    }

    @Test("loads, and says by more than colour what needs attention", arguments: ShippedThemes.all.map(\.name))
    func meaning(_ name: String) throws {
        let file = try #require(ShippedThemes.all.first { $0.name == name })
        let theme = try Theme(yaml: file.yaml, file: file.name)
        #expect("\(theme.name).yaml" == name)
        let mono = TerminalCapabilities(colors: .none, unicode: true)
        let looks = [ThemeRole.normal, .warning, .critical, .stale, .selected].map { theme.resolve(Style($0), mono) }
        #expect(Set(looks).count == looks.count)
        #expect(looks.allSatisfy { $0.foreground == nil && $0.background == nil })
    }

    @Test("is, where it is the standard one, the theme that the program starts with without reading it")
    func standard() throws {
        #expect(try Theme(yaml: ShippedThemes.standard.yaml, file: ShippedThemes.standard.name) == .standard)
    }

    @Test(
        "tells the roles that carry a judgement apart in colour",
        arguments: ["default.yaml", "light.yaml", "high-contrast.yaml", "color-blind.yaml"],
        [TerminalCapabilities.Colors.sixteen, .twoHundredFiftySix, .trueColor])
    func colors(_ name: String, _ colors: TerminalCapabilities.Colors) throws {
        let file = try #require(ShippedThemes.all.first { $0.name == name })
        let theme = try Theme(yaml: file.yaml, file: file.name)
        let capabilities = TerminalCapabilities(colors: colors, unicode: true)
        let looks = [ThemeRole.normal, .good, .warning, .critical, .stale].map {
            theme.resolve(Style($0), capabilities)
        }
        #expect(Set(looks).count == looks.count)
        #expect(Set(ThemeRole.heatScale.map { theme.resolve(Style($0), capabilities) }).count == 6)
    }

    @Test("that is monochrome has no colour on any terminal")
    func monochrome() throws {
        let theme = try ThemeCatalog.theme(named: "monochrome", environment: [:])
        for colors in [TerminalCapabilities.Colors.none, .sixteen, .twoHundredFiftySix, .trueColor] {
            let capabilities = TerminalCapabilities(colors: colors, unicode: true)
            let looks = ThemeRole.allCases.map { theme.resolve(Style($0), capabilities) }
            #expect(looks.allSatisfy { $0.foreground == nil && $0.background == nil })
        }
    }
}
