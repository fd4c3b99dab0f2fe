import Console
import FleetModel
import FoundationEssentials
import Yams

/// `$XDG_CONFIG_HOME/gadtop/keys.yaml`: the operator's own keys. `Deploy/keys.yaml` shows the format, with every
/// standard key in it.
struct KeysFile {
    private let path: String

    /// Every action with three keys on every page is a quarter of it; what is larger is something else.
    private static let largest = 64 * 1024

    init(_ environment: [String: String]) {
        path = ContextDirectory(environment).base + "/keys.yaml"
    }

    /// - Returns: the standard keys with the operator's changes, and what could not be made of them.
    func keymap() -> (keymap: Keymap, complaints: [SafeText]) {
        // Most operators have none, and for them nothing is read or parsed.
        guard FileManager.default.fileExists(atPath: path) else { return (.standard, []) }
        do throws(KeyComplaint) {
            let file = try KeysReader.changes(in: try text())
            let (keymap, complaints) = Keymap.standard.changed(by: file.changes)
            return (keymap, (file.complaints + complaints).map(words))
        } catch {
            return (.standard, [words(error)])
        }
    }

    private func text() throws(KeyComplaint) -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw KeyComplaint(line: nil, path: "", problem: KeysFileWords.unreadable)
        }
        guard bytes.count <= Self.largest else {
            throw KeyComplaint(line: nil, path: "", problem: KeysFileWords.tooLarge)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw KeyComplaint(line: nil, path: "", problem: KeysFileWords.notText)
        }
        return text
    }

    /// `keys.yaml:3: drain: "Q1" is no key; …`
    private func words(_ complaint: KeyComplaint) -> SafeText {
        let place = complaint.line.map { "\(SafeText(path)):\($0)" } ?? SafeText(path)
        let problem = KeysFileWords.standardStays(complaint.problem)
        return complaint.path.isEmpty ? "\(place): \(problem)" : "\(place): \(complaint.path): \(problem)"
    }
}

/// Reads the text of a file of keys.
enum KeysReader {
    /// - Returns: what it says, and what in it is no change of keys at all.
    /// - Throws: for a text that is not YAML, or no mapping.
    static func changes(
        in yaml: String
    ) throws(KeyComplaint) -> (changes: [KeyChange], complaints: [KeyComplaint]) {
        let root: Node?
        do {
            // The basic resolver takes `y` and `1` for the keys they are.
            root = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw KeyComplaint(line: line(of: error), path: "", problem: problem(of: error))
        }
        guard let root else { return ([], []) }
        guard let mapping = root.mapping else {
            throw KeyComplaint(line: root.mark?.line, path: "", problem: KeysFileWords.mapping)
        }
        var (changes, complaints): ([KeyChange], [KeyComplaint]) = ([], [])
        for (name, node) in mapping {
            if name.string == pages {
                read(pages: node, &changes, &complaints)
            } else {
                read(name, node, page: nil, &changes, &complaints)
            }
        }
        return (changes, complaints)
    }

    /// Under which the keys of single pages stand: `operations` and `events` are actions as well as pages.
    private static let pages = "pages"

    private static func read(pages node: Node, _ changes: inout [KeyChange], _ complaints: inout [KeyComplaint]) {
        guard let mapping = node.mapping else {
            complaints.append(KeyComplaint(line: node.mark?.line, path: "pages", problem: KeysFileWords.pages))
            return
        }
        for (page, node) in mapping {
            let name = page.string ?? ""
            guard let actions = node.mapping else {
                complaints.append(
                    KeyComplaint(line: node.mark?.line, path: "pages.\(SafeText(name))", problem: KeysFileWords.mapping)
                )
                continue
            }
            for (action, node) in actions { read(action, node, page: name, &changes, &complaints) }
        }
    }

    private static func read(
        _ action: Node, _ node: Node, page: String?, _ changes: inout [KeyChange], _ complaints: inout [KeyComplaint]
    ) {
        let (name, line) = (action.string ?? "", action.mark?.line)
        if let keys = keys(node) {
            changes.append(KeyChange(name, keys, page: page, line: line))
        } else {
            let path = KeyChange(name, [], page: page).path
            complaints.append(KeyComplaint(line: line, path: path, problem: KeysFileWords.shape))
        }
    }

    private static func keys(_ node: Node) -> [String]? {
        if let key = node.scalar?.string { return key.isEmpty ? nil : [key] }
        guard let list = node.sequence else { return nil }
        let keys = list.compactMap(\.scalar?.string)
        return keys.count == list.count ? keys : nil
    }

    private static func line(of error: any Error) -> Int? {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _)?, .parser(_, _, let mark, _)?, .composer(_, _, let mark, _)?: mark.line
        case .duplicatedKeysInMapping(_, let context)?: context.mark.line
        default: nil
        }
    }

    private static func problem(of error: any Error) -> SafeText {
        switch error as? YamlError {
        case .scanner(_, let problem, _, _)?, .parser(_, let problem, _, _)?, .composer(_, let problem, _, _)?:
            SafeText(problem)
        case .duplicatedKeysInMapping(let keys, _)?: KeysFileWords.twice(SafeText(keys.joined(separator: ", ")))
        default: KeysFileWords.notText
        }
    }
}
