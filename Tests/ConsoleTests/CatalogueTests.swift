import AdminAPI
import Console
import FleetModel
import Foundation
import Terminal
import Testing

@Suite("The catalogue of texts")
struct CatalogueTests {
    @Test("no text that operators read stands outside Words")
    func literals() throws {
        let sources = try SourceFile.all(below: "Sources/Console").filter { !$0.path.contains("/Words/") }
        // What the forms of acts say is written by its own hand.
        let scanned = sources.filter { !$0.path.contains("/Acts/") }
        #expect(scanned.count > 50)
        for file in scanned {
            for literal in file.literals where literal.hasWords && !literal.isAllowed {
                Issue.record("\(file.path):\(literal.line): \"\(literal.text)\" belongs into Words/")
            }
        }
    }

    @Test("the Spanish interface has no English left over", arguments: [80, 200])
    func spanish(columns: Int) {
        Language.$current.withValue(.spanish) {
            var console = ScriptedConsole.fleetOfFour(columns: columns, rows: 60)
            console.run(seconds: 31)
            console.report { $0.operations = [.drain(at: 31), .drain(at: 30, id: "old", outcome: .done)] }
            console.hear(
                answers: ScriptedReplies.breakers(at: 31), ScriptedReplies.throttles(at: 31),
                ScriptedReplies.redis(at: 31), ScriptedReplies.details(at: 31),
                ScriptedReplies.audit(ScriptedReplies.chain(3), of: 3, next: nil, at: 31))
            for page in ["fleet", "breakers", "redis", "audit", "throttles", "operations", "events", "help"] {
                console.go(page)
                // The help names commands, which are the same in every language.
                let allowed: Set = page == "help" ? Self.commands : []
                for _ in 0..<(page == "redis" ? 7 : 1) {
                    #expect(Self.leftovers(console.text).subtracting(allowed) == [], "on the page \(page)")
                    console.press(.tab)
                }
            }
        }
    }

    @Test("the pages read well in Spanish")
    func spanishScreens() throws {
        try Language.$current.withValue(.spanish) {
            var console = ScriptedConsole.fleetOfFour(columns: 120, rows: 40)
            console["gw1-w0"].adjust = { sample, second in
                sample.degrade(to: .sheddingBestEffort, since: 21, because: "loop lag 312 ms over 100 ms")
                sample.drain = ScriptedConsole.drain(second, of: 3_741)
            }
            console.run(seconds: 31)
            console.report { $0.operations = [.drain(at: 31), .drain(at: 30, id: "old", outcome: .done)] }
            console.hear(
                answers: ScriptedReplies.breakers(at: 31), ScriptedReplies.throttles(at: 31),
                ScriptedReplies.redis(at: 31), ScriptedReplies.details(at: 31),
                ScriptedReplies.audit(ScriptedReplies.chain(3), of: 3, next: nil, at: 31))
            for page in ["fleet", "breakers", "redis", "audit", "throttles", "operations", "events", "help"] {
                console.go(page)
                try Golden.check(console.lines, "spanish-\(page)")
            }
        }
    }

    /// Words that Spanish does not have, and that no data of the script has.
    private static let english: Set = [
        "closed", "sort", "filter", "loading", "of", "ago", "since", "quit", "back", "pause", "help", "events", "rooms",
        "none", "nothing", "there", "not", "under", "way", "shows", "clients", "with", "for", "from", "led", "the",
        "paused", "dropped", "errors", "planned", "replicas", "primary", "latest", "rows", "newest", "yet", "unknown",
    ]

    private static let commands: Set = ["events", "help", "pause", "quit", "rooms", "sort", "filter"]

    private static func leftovers(_ text: String) -> Set<String> {
        let words = text.lowercased().split { !$0.isLetter && $0 != ":" && $0 != "." && $0 != "_" }.map(String.init)
        return Set(words).intersection(english)
    }
}

/// A file of our own sources.
private struct SourceFile {
    struct Literal {
        let line: Int
        let text: String
        let code: String

        /// Two letters in a row, outside of what is put in.
        var hasWords: Bool {
            var rest = text
            while let start = rest.range(of: "\\("), let end = rest[start.upperBound...].lastIndex(of: ")") {
                rest.removeSubrange(start.lowerBound...end)
            }
            return rest.contains(/\p{L}\p{L}/)
        }

        /// Ids, raw values and commands are one word in small letters where they are declared; keys, terms of the field
        /// and names that Redis gives are the same in every language.
        var isAllowed: Bool {
            if Self.terms.contains(text) || text.hasPrefix("gadtop ") { return true }
            // What is typed to narrow a list, the same in every language; and what only names a row to the program.
            if text.wholeMatch(of: /[a-z]+:/) != nil || code.contains("id: \"\(text)\"") { return true }
            guard text.wholeMatch(of: /[a-z][a-z_-]*/) != nil else { return false }
            return code.contains(" = \"\(text)\"") || Self.declarations.contains { code.contains($0) }
                || code.trimmed.hasPrefix("\"\(text)\", ")
        }

        private static let declarations = [
            "case ", ".words(\"", ".figures(\"", "package static let shipped", "Action.quit)", "arguments", "\"mouse\"",
            "rawValue", "== \"", "hasPrefix(\"",
        ]

        private static let terms: Set = [
            "WORKER", "WORKERS", "ID", "0 ms", " ms", "max", "RDB", "AOF", "worker", "id", "txt", "failed", "Space",
            "Ctrl-", "ctrl-", "hijm", "contexts", "pages.\\(SafeText($0)).\\(SafeText(action))", "Enter", "Esc", "Tab",
            "Shift-Tab", "Backspace", "Delete", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn",
            "+odown", "-failover-abort-no-good-slave", "-failover-abort-not-elected", "+sdown", "+tilt",
            "+switch-master", "+try-failover",
        ]
    }

    let path: String
    let literals: [Literal]

    static func all(below folder: String) throws -> [SourceFile] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: folder)
        let paths = FileManager.default.enumerator(atPath: root.path())?.compactMap { $0 as? String } ?? []
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            return SourceFile(path: "/\(path)", literals: literals(in: text))
        }
    }

    /// Literals of one line each; comments are left out.
    private static func literals(in text: String) -> [Literal] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            let code = line.prefix(upTo: line.range(of: "// ")?.lowerBound ?? line.endIndex)
            guard !code.trimmed.hasPrefix("///") else { return [Literal]() }
            return code.matches(of: /"((?:[^"\\]|\\.)*)"/).map {
                Literal(line: index + 1, text: String($0.1), code: String(code))
            }
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
