import Foundation
import Terminal
import Testing
import Themes

@Suite("A theme is found")
struct ThemeCatalogTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gadtop-themes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "gadtop/themes"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private let own = ShippedThemes.standard.yaml.replacingOccurrences(of: "name: default", with: "name: mine")

    @Test("by the name of each that is shipped")
    func shipped() throws {
        #expect(ThemeCatalog.shippedNames == ["default", "light", "high-contrast", "color-blind", "monochrome"])
        for name in ThemeCatalog.shippedNames {
            #expect(try ThemeCatalog.theme(named: name, environment: [:]).name == name)
        }
    }

    @Test("by the name of one's own, or by a path")
    func ownThemes() throws {
        try withFolder { folder in
            let file = folder.appending(path: "gadtop/themes/mine.yaml")
            try own.write(to: file, atomically: true, encoding: .utf8)
            let environment = ["XDG_CONFIG_HOME": folder.path]
            #expect(try ThemeCatalog.theme(named: "mine", environment: environment).name == "mine")
            #expect(try ThemeCatalog.theme(named: file.path, environment: [:]).name == "mine")
        }
    }

    @Test("or else the error says where it was looked for, and where in it the trouble is")
    func refused() throws {
        try withFolder { folder in
            let environment = ["XDG_CONFIG_HOME": folder.path]
            let path = folder.path + "/gadtop/themes/mine.yaml"
            let missing = #expect(throws: ThemeError.self) {
                try ThemeCatalog.theme(named: "mine", environment: environment)
            }
            #expect(
                missing?.description == "\(path): there is no such file to read; "
                    + "shipped are default, light, high-contrast, color-blind, monochrome")
            try own.replacingOccurrences(of: "{rgb: \"#87afd7\", 256: 110}", with: "{rgb: \"#87afd\", 256: 110}")
                .write(toFile: path, atomically: true, encoding: .utf8)
            let malformed = #expect(throws: ThemeError.self) {
                try ThemeCatalog.theme(named: "mine", environment: environment)
            }
            #expect(malformed?.description.contains("/mine.yaml:") == true)
            #expect(
                malformed?.description.hasSuffix(
                    ": colors.sky.rgb: #87afd is no colour; write \"#rrggbb\" in quotes") == true)
            try Data(count: 100_000).write(to: URL(filePath: path))
            #expect(throws: ThemeError.self) { try ThemeCatalog.theme(named: "mine", environment: environment) }
        }
    }
}
