import FoundationEssentials
import Terminal
import TestSupport
import Testing

@testable import Console
@testable import GadtopCLI

@Suite("The file of keys")
struct KeysFileTests {
    private let temporary: TemporaryDirectory

    init() throws {
        temporary = try TemporaryDirectory()
    }

    private func file(_ text: String?) throws -> KeysFile {
        let folder = temporary.path + "/gadtop"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let text { try Data(text.utf8).write(to: URL(filePath: folder + "/keys.yaml")) }
        return KeysFile(["XDG_CONFIG_HOME": temporary.path])
    }

    @Test("that is not there changes nothing")
    func absent() throws {
        let (keymap, complaints) = try file(nil).keymap()
        #expect(complaints.isEmpty)
        #expect(keymap.action(for: .character("d"), on: .fleet) == .drain)
    }

    @Test("gives actions a key or a list of them, everywhere or on a page; y and 0 are keys as they stand there")
    func shapes() throws {
        let text = "drain: y\ncopy: [\"Y\", F5]\nkick: []\npages:\n  operations: {cancel_operation: X}\n"
        let (keymap, complaints) = try file(text).keymap()
        #expect(complaints.isEmpty)
        #expect(keymap.action(for: .character("y"), on: .fleet) == .drain)
        #expect(keymap.action(for: .function(5), on: .fleet) == .copy)
        #expect(keymap.action(for: .character("K"), on: .fleet) == nil)
        #expect(keymap.action(for: .character("X"), on: .operations) == .cancelOperation)
    }

    @Test(
        "with an error says file, line and action, and the rest of it holds",
        arguments: [
            ("follow: J\ndrian: D", "keys.yaml:2: drian: no action is called drian; meant is perhaps drain"),
            ("drain: Q1\nfollow: J", "keys.yaml:1: drain: \"Q1\" is no key"),
            ("follow: J\ndrain: q", "keys.yaml:2: drain: q is taken by quit"),
            ("follow: J\ndrain: {a: b}", "keys.yaml:2: drain: expected a key"),
            ("follow: J\npages:\n  nowhere: {drain: D}", "keys.yaml:3: pages.nowhere.drain: no page is called nowhere"),
        ])
    func errors(text: String, words: String) throws {
        let (keymap, complaints) = try file(text.replacing("J", with: "N")).keymap()
        #expect(complaints.count == 1)
        #expect(complaints.first?.text.contains(words) == true, "\(complaints)")
        #expect(complaints.first?.text.contains("The standard key stays") == true)
        #expect(keymap.action(for: .character("d"), on: .fleet) == .drain)
        #expect(keymap.action(for: .character("N"), on: .fleet) == .follow)
    }

    @Test(
        "that is no mapping in YAML leaves all keys as they are",
        arguments: ["drain: [", "- drain", "drain: a\ndrain: b", "\u{0}", "x"])
    func broken(text: String) throws {
        let (keymap, complaints) = try file(text).keymap()
        #expect(complaints.count == 1)
        #expect(complaints.first?.text.contains("keys.yaml") == true)
        #expect(keymap.action(for: .character("d"), on: .fleet) == .drain)
    }

    @Test("may be empty")
    func empty() throws {
        #expect(try file("# nothing yet\n").keymap().complaints.isEmpty)
    }

    @Test("of Deploy/ has every standard key and no other")
    func example() throws {
        let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let text = try String(contentsOfFile: "/\(path)/Deploy/keys.yaml", encoding: .utf8)
        let (changes, complaints) = try KeysReader.changes(in: text)
        #expect(complaints.isEmpty)
        #expect(Keymap.standard.changed(by: changes).complaints.isEmpty)
        let told = Set(changes.map { Told(action: $0.action, keys: $0.keys, page: $0.page) })
        let standard = Set(
            Keymap.standard.bindings.flatMap { binding in
                (binding.pages.map { $0.map { Optional.some($0.rawValue) } } ?? [nil]).map {
                    Told(action: binding.action.rawValue, keys: binding.keys.map(\.words.text), page: $0)
                }
            })
        #expect(told.subtracting(standard) == [])
        #expect(standard.subtracting(told) == [])
    }

    private struct Told: Hashable {
        let action: String
        let keys: [String]
        let page: String?
    }
}
