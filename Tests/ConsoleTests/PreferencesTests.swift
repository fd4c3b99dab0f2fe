import FleetModel
import Foundation
import Testing

@testable import Console

@Suite("Preferences")
struct PreferencesTests {
    private func decoded(_ json: String) throws -> Preferences {
        try JSONDecoder().decode(Preferences.self, from: Data(json.utf8))
    }

    @Test("come back as they were kept")
    func roundTrip() throws {
        var kept = Preferences()
        (kept.theme, kept.language, kept.isMouseOn, kept.isWide) = ("light", .spanish, true, true)
        kept.tables["fleet", default: TableState.Preferences()].sort = "conns"
        kept.tables["fleet"]?.hidden = ["age", "mem"]
        kept.remember("events")
        #expect(try JSONDecoder().decode(Preferences.self, from: JSONEncoder().encode(kept)) == kept)
    }

    @Test("of another version lose only what cannot be read")
    func tolerance() throws {
        let read = try decoded(
            """
            {"theme": 7, "language": "fr", "mouse": "yes", "wide": true, "future": {"x": []},
             "tables": {"fleet": {"sort": "conns", "hidden": 3}, "nowhere": {"sort": "x"}}, "history": ["a", "b"]}
            """)
        #expect(read.theme == nil && read.language == nil && !read.isMouseOn && read.isWide)
        #expect(read.highlightsChanges)
        #expect(read.tables.keys.sorted() == ["fleet"])
        #expect(read.tables["fleet"]?.sort == "conns" && read.tables["fleet"]?.hidden == [])
        #expect(read.history == ["a", "b"])
        #expect(try decoded("{}") == Preferences())
    }

    @Test("hold no more history than they would write")
    func bound() throws {
        let lines = (0..<500).map { "\"line \($0)\"" } + ["\"\(String(repeating: "x", count: 5_000))\""]
        let read = try decoded("{\"history\": [\(lines.joined(separator: ","))]}")
        #expect(read.history.count == Preferences.maximumHistory)
        #expect(read.history.last == "line 499")
    }

    @Test("that are no object are refused", arguments: ["", "[]", "null", "{\"theme\": \"lig", "\u{0}"])
    func damaged(json: String) {
        #expect(throws: (any Error).self) { try decoded(json) }
    }
}
