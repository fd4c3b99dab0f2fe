import FleetModel
import FoundationEssentials
import Terminal

/// Finds the theme an operator names: one of the shipped, one of their own, or a file.
package enum ThemeCatalog {
    /// A theme is a few kilobytes; what is larger is something else.
    static let largestFile = 64 * 1024

    /// As `--theme` takes them.
    package static var shippedNames: [String] { ShippedThemes.all.map { String($0.name.dropLast(".yaml".count)) } }

    /// - Parameters:
    ///   - name: a shipped theme's; that of `$XDG_CONFIG_HOME/gadtop/themes/NAME.yaml`; or, with a slash in it, a path.
    ///   - environment: for `XDG_CONFIG_HOME` and `HOME`.
    /// - Throws: `ThemeError` that names the file, and line and key where it has them.
    package static func theme(named name: String, environment: [String: String]) throws(ThemeError) -> Theme {
        // Compiled in as a value: the usual start reads no YAML.
        if name == Theme.standard.name { return .standard }
        if let shipped = ShippedThemes.all.first(where: { $0.name == "\(name).yaml" }) {
            return try Theme(yaml: shipped.yaml, file: shipped.name)
        }
        let path = name.contains("/") ? name : ownFolder(environment) + "/\(name).yaml"
        return try Theme(yaml: try text(of: path, name: name), file: SafeText(path).text)
    }

    /// Of the operator's own themes, in the order of the alphabet.
    package static func ownNames(environment: [String: String]) -> [String] {
        // Without the folder there are none.
        let files = (try? FileManager.default.contentsOfDirectory(atPath: ownFolder(environment))) ?? []
        return files.filter { $0.hasSuffix(".yaml") && SafeText($0).text == $0 }
            .map { String($0.dropLast(".yaml".count)) }.sorted()
    }

    private static func ownFolder(_ environment: [String: String]) -> String {
        let configuration = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (configuration ?? (environment["HOME"] ?? "/root") + "/.config") + "/gadtop/themes"
    }

    private static func text(of path: String, name: String) throws(ThemeError) -> String {
        let file = SafeText(path).text
        guard let bytes = FileManager.default.contents(atPath: path) else {
            let hint = name.contains("/") ? "" : "; shipped are \(shippedNames.joined(separator: ", "))"
            throw ThemeError(file: file, line: nil, key: "", problem: "there is no such file to read\(hint)")
        }
        guard bytes.count <= largestFile else {
            throw ThemeError(file: file, line: nil, key: "", problem: "larger than \(largestFile) bytes: no theme")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ThemeError(file: file, line: nil, key: "", problem: "not UTF-8 text")
        }
        return text
    }
}
