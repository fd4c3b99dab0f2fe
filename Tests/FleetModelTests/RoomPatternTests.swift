import FleetModel
import Testing

@Suite("A pattern of room names")
struct RoomPatternTests {
    @Test(
        "matches with * for anything, also nothing, and without one the name itself only",
        arguments: [
            ("*", "ops:north", true), ("ops:*", "ops:north", true), ("ops:*", "ops:", true), ("ops:*", "gov:a", false),
            ("*:north", "ops:north", true), ("*:north", "ops:north:2", false), ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false), ("ab*ba", "aba", false), ("ops:north", "ops:north", true),
            ("ops:north", "ops:north2", false), ("*a*", "bab", true), ("*a*", "bcb", false), ("**", "x", true),
        ] as [(String, String, Bool)])
    func matching(_ pattern: String, _ room: String, _ expected: Bool) throws {
        let pattern = try #require(RoomPattern(pattern))
        #expect(pattern.matches(try #require(RoomName(room))) == expected)
    }

    @Test(
        "is refused where it is none",
        arguments: [
            "", "ops north", "ops/*", "a*b*c*d*e*", "é*", String(repeating: "a", count: 131),
        ])
    func refused(_ text: String) {
        #expect(RoomPattern(text) == nil)
    }

    @Test(
        "knows whether it can reach rooms that begin in some way, and whether it names no others",
        arguments: [
            ("gov:*", true, true), ("gov:a*", true, true), ("*", true, false), ("g*", true, false),
            ("*:alerts", true, false), ("ops:*", false, false), ("gov", false, false), ("gov:a", true, true),
        ] as [(String, Bool, Bool)])
    func reach(_ text: String, _ could: Bool, _ within: Bool) throws {
        let pattern = try #require(RoomPattern(text))
        #expect(pattern.couldMatch(prefix: "gov:") == could)
        #expect(pattern.isWithin(prefix: "gov:") == within)
    }

    @Test("reaches a critical prefix only where no rule before takes all its rooms")
    func rules() throws {
        let rules = CriticalityRules(rules: [
            .init(prefix: "gov:test:", criticality: .bestEffort), .init(prefix: "gov:", criticality: .critical),
            .init(prefix: "gov:test:x", criticality: .critical),
        ])
        #expect(rules.criticalPrefixes(within: try #require(RoomPattern("gov:test:x*"))) == ["gov:"])
        #expect(rules.criticalPrefixes(within: try #require(RoomPattern("ops:*"))).isEmpty)
    }
}
