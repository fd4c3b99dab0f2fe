import FleetModel
import Terminal
import Testing

@testable import Console

@Suite("Keys of the operator's own")
struct KeymapChangeTests {
    private func changed(_ changes: KeyChange...) -> (keymap: Keymap, complaints: [KeyComplaint]) {
        Keymap.standard.changed(by: changes)
    }

    @Test("take the place of the standard ones, in the help and in the bottom line too")
    func change() {
        let (keymap, complaints) = changed(KeyChange("drain", ["D"]), KeyChange("page_down", ["PgDn", "Ctrl-D"]))
        #expect(complaints.isEmpty)
        #expect(keymap.action(for: .character("D"), on: .fleet) == .drain)
        #expect(keymap.action(for: .character("d"), on: .fleet) == nil)
        #expect(keymap.action(for: .control("d"), on: .fleet) == .pageDown)
        #expect(keymap.action(for: .control("f"), on: .fleet) == nil)
        var console = ScriptedConsole([ScriptedWorker("gw1-w0")], columns: 120, rows: 60, keymap: keymap)
        console.run(seconds: 3)
        #expect(console.lines.last?.contains("D drain") == true)
        console.press(.character("?"))
        #expect(console.lines.contains { $0.contains("D  ") && $0.contains("drain the worker") })
    }

    @Test("may differ on a page")
    func page() {
        let (keymap, complaints) = changed(KeyChange("cancel_operation", ["X"], page: "operations"))
        #expect(complaints.isEmpty)
        #expect(keymap.action(for: .character("X"), on: .operations) == .cancelOperation)
        #expect(keymap.action(for: .character("c"), on: .operations) == nil)
        #expect(keymap.action(for: .character("X"), on: .fleet) == nil)
        let own = changed(KeyChange("drain", ["x"], page: "worker"))
        #expect(own.complaints.isEmpty)
        #expect(own.keymap.action(for: .character("x"), on: .worker) == .drain)
        #expect(own.keymap.action(for: .character("x"), on: .fleet) == .dismiss)
    }

    @Test("may change places with each other")
    func swap() {
        let (keymap, complaints) = changed(KeyChange("drain", ["x"]), KeyChange("dismiss", ["d"]))
        #expect(complaints.isEmpty)
        #expect(keymap.action(for: .character("x"), on: .fleet) == .drain)
        #expect(keymap.action(for: .character("d"), on: .fleet) == .dismiss)
    }

    @Test("may be taken away")
    func none() {
        let (keymap, complaints) = changed(KeyChange("kick", []))
        #expect(complaints.isEmpty)
        #expect(keymap.action(for: .character("K"), on: .fleet) == nil)
    }

    @Test("that are taken leave the standard ones, and the complaint says by what")
    func taken() throws {
        let (keymap, complaints) = changed(KeyChange("drain", ["q"], line: 4))
        #expect(keymap.action(for: .character("q"), on: .fleet) == .quit)
        #expect(keymap.action(for: .character("d"), on: .fleet) == .drain)
        let complaint = try #require(complaints.first)
        #expect(complaint.line == 4 && complaint.path == "drain")
        #expect(complaint.problem.text.contains("q is taken by quit"))
    }

    @Test("of two that want the same the later gives way, and what hung on it too")
    func chain() {
        let (keymap, complaints) = changed(
            KeyChange("drain", ["x"]), KeyChange("dismiss", ["d", "q"]), KeyChange("kick", ["Z"]))
        #expect(complaints.map(\.path) == ["dismiss", "drain"])
        #expect(keymap.action(for: .character("d"), on: .fleet) == .drain)
        #expect(keymap.action(for: .character("x"), on: .fleet) == .dismiss)
        #expect(keymap.action(for: .character("Z"), on: .fleet) == .kick)
    }

    @Test("for an action there is not are refused with what was perhaps meant")
    func unknownAction() {
        let (_, complaints) = changed(KeyChange("drian", ["D"]), KeyChange("xyzzy", ["D"]))
        #expect(complaints[0].problem.text.contains("perhaps drain"))
        #expect(complaints[1].problem.text.contains("? lists them"))
    }

    @Test(
        "cannot be what is no key, leads to a page, or is a way out",
        arguments: [
            ("Q1", "is no key"), ("Ctrl-1", "is no key"), ("F13", "is no key"), ("é\u{200D}x", "is no key"),
            ("3", "leads to a page"), ("Ctrl-C", "always means the same"),
        ])
    func refused(key: String, words: String) {
        let (keymap, complaints) = changed(KeyChange("drain", [key]))
        #expect(complaints.first?.problem.text.contains(words) == true)
        #expect(keymap.action(for: .character("d"), on: .fleet) == .drain)
    }

    @Test("on a page there is not are refused with the pages there are")
    func unknownPage() {
        let (_, complaints) = changed(KeyChange("drain", ["D"], page: "workers"))
        #expect(complaints.first?.problem.text.contains("pages are fleet, rooms") == true)
    }

    @Test("leave Ctrl-C, Ctrl-L and Ctrl-Z what they are")
    func fixed() {
        let (keymap, complaints) = changed(KeyChange("quit", ["Q"]))
        #expect(complaints.isEmpty)
        #expect(keymap.action(for: .control("c"), on: .fleet) == .quit)
        #expect(keymap.action(for: .character("q"), on: .fleet) == nil)
    }

    @Test("are written as the help writes them")
    func names() {
        for key in Keymap.standard.bindings.flatMap(\.keys) { #expect(Key(name: key.words.text) == key) }
        #expect(Key(name: "pgdn") == .pageDown)
        #expect(Key(name: "CTRL-f") == .control("f"))
        #expect(Key(name: "") == nil)
    }
}
