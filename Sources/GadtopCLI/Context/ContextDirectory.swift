import FleetModel
import FoundationEssentials

/// Where the operator keeps what gadtop knows of their fleets.
struct ContextDirectory {
    /// `$XDG_CONFIG_HOME/gadtop`
    let base: String

    init(_ environment: [String: String]) {
        let home = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        base = (home ?? (environment["HOME"] ?? "/root") + "/.config") + "/gadtop"
    }

    /// Names the context in use, in a line.
    var currentFile: String { base + "/context" }

    /// - Throws: `CommandFailure` for a name that would lead elsewhere.
    func path(of name: String) throws -> String {
        guard Self.isName(name) else {
            throw CommandFailure(.wrongUsage, "'\(SafeText(name))' is no name of a context: give it without a path")
        }
        return base + "/contexts/\(name).yaml"
    }

    /// In the order of the alphabet.
    var names: [String] {
        // Without the directory there are none.
        let files = (try? FileManager.default.contentsOfDirectory(atPath: base + "/contexts")) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }
            .filter(Self.isName).sorted()
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("/") && !name.hasPrefix(".") && SafeText(name).text == name
    }
}

/// The context that holds where none is named.
enum CurrentContext {
    /// nil for the gateway on this machine.
    static func name(_ environment: [String: String]) -> String? {
        guard let bytes = FileManager.default.contents(atPath: ContextDirectory(environment).currentFile) else {
            return nil
        }
        let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first
        return line.map(String.init)
    }

    /// - Parameter name: nil for the gateway on this machine.
    static func set(_ name: String?, _ environment: [String: String]) throws {
        let directory = ContextDirectory(environment)
        guard let name else {
            guard FileManager.default.fileExists(atPath: directory.currentFile) else { return }
            return try FileManager.default.removeItem(atPath: directory.currentFile)
        }
        try Data((name + "\n").utf8).write(to: URL(filePath: directory.currentFile), options: .atomic)
    }
}
