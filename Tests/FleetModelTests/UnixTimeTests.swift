import FleetModel
import Testing

@Suite("A time")
struct UnixTimeTests {
    @Test(
        "is written as RFC 3339 in UTC",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000000Z"),
            (1_795_457_902_197_003, "2026-11-23T18:18:22.197003Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
        ])
    func writing(microseconds: Int64, text: String) {
        #expect(UnixTime(microseconds: microseconds).description == text)
        #expect(UnixTime(rfc3339: text) == UnixTime(microseconds: microseconds))
    }

    @Test("is read with an offset, without a fraction, and without a zone as GRUPO_GAD writes it")
    func reading() {
        let expected = UnixTime(rfc3339: "2026-11-23T18:18:22Z")
        #expect(expected != nil)
        #expect(UnixTime(rfc3339: "2026-11-23T15:18:22-03:00") == expected)
        #expect(UnixTime(rfc3339: "2026-11-23T18:18:22") == expected)
        #expect(UnixTime(rfc3339: "2026-11-23T18:18:22.196824")?.microseconds == 1_795_457_902_196_824)
    }

    @Test(
        "is not read from anything else",
        arguments: [
            "", "yesterday", "2026-13-01T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T18:18:22.Z",
            "2026-11-23T18:18:22Zjunk", "2026-11-23",
        ])
    func refusing(text: String) {
        #expect(UnixTime(rfc3339: text) == nil)
    }

    @Test("shows its time of day")
    func clock() {
        #expect(UnixTime(rfc3339: "2026-11-23T03:04:05Z")?.clockText == "03:04:05")
    }
}
