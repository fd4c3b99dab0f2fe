import FleetModel
import Testing

@Suite("Names")
struct NamesTests {
    @Test("a room name is 1 to 128 of A-Za-z0-9:_.-")
    func roomNames() {
        #expect(RoomName("gov:alerts:critical") != nil)
        #expect(RoomName(String(repeating: "a", count: 128)) != nil)
        #expect(RoomName(String(repeating: "a", count: 129)) == nil)
        for bad in ["", "a b", "a\u{1b}[2J", "ñ", "a/b", "a\n"] { #expect(RoomName(bad) == nil) }
    }

    @Test("workers are ordered by index, not by letters")
    func workerOrder() {
        let names = ["gw-w10", "gw-w2", "ga-w11"].map { WorkerID($0) }
        #expect(names.sorted().map(\.rawValue) == ["ga-w11", "gw-w2", "gw-w10"])
    }

    @Test("a room's class follows from its prefix")
    func criticality() {
        let rooms = ["gov:x", "ops:x", "citizen:x", "government"].compactMap { RoomName($0) }
        let classes = rooms.map(CriticalityRules.standard.criticality)
        #expect(classes == [.critical, .important, .bestEffort, .bestEffort])
    }

    @Test(
        "text from outside cannot reach a terminal with anything but visible characters",
        arguments: [
            ("plain", "plain"),
            ("\u{1b}[2Jgone", "\u{FFFD}[2Jgone"),
            ("a\u{9b}31m", "a\u{FFFD}31m"),
            ("a\u{202e}b\u{2066}c", "a\u{FFFD}b\u{FFFD}c"),
            ("a\u{200b}b\u{feff}", "a\u{FFFD}b\u{FFFD}"),
            ("tab\tnew\nline\u{7f}", "tab\u{FFFD}new\u{FFFD}line\u{FFFD}"),
            ("año 警報 é", "año 警報 é"),
        ])
    func safeText(outside: String, shown: String) {
        #expect(SafeText(outside).text == shown)
    }

    @Test("bytes that are not UTF-8 are shown as replacement characters")
    func invalidUTF8() {
        #expect(SafeText(String(decoding: [0x61, 0xff, 0x62] as [UInt8], as: UTF8.self)).text == "a\u{FFFD}b")
    }
}
