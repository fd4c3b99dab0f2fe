import FleetModel
import Testing

@testable import GadgateCLI

@Suite("Quantities as people write them")
struct QuantitiesTests {
    @Test(
        "times",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
            ("7d", .seconds(604_800)), ("15", .seconds(15)), ("0.5s", .milliseconds(500)), ("0", .zero),
        ])
    func times(_ text: String, _ duration: Duration) {
        #expect(DurationText.read(text) == duration)
    }

    @Test("what is no time", arguments: ["", "s", "-1s", "1w", "1 s s", "nan", "inf", "1e300h"])
    func noTimes(_ text: String) {
        #expect(DurationText.read(text) == nil)
    }

    @Test("sizes", arguments: [("65536", 65_536), ("64KiB", 65_536), ("1MiB", 1_048_576), ("2GiB", 2_147_483_648)])
    func sizes(_ text: String, _ bytes: Int64) {
        #expect(ByteCountText.read(text) == ByteCount(bytes))
    }

    @Test("what is no size", arguments: ["", "1KB", "-1", "1.5MiB", "9223372036854775807KiB"])
    func noSizes(_ text: String) {
        #expect(ByteCountText.read(text) == nil)
    }

    @Test(
        "a time is written in the largest unit that needs no fraction",
        arguments: [
            (Duration.zero, "0s"), (.milliseconds(500), "500ms"), (.seconds(90), "90s"), (.seconds(120), "2m"),
            (.seconds(3_600), "1h"), (.seconds(604_800), "7d"), (.microseconds(1_500), "1.5ms"),
        ])
    func writtenTimes(_ duration: Duration, _ text: String) {
        #expect(DurationText.write(duration) == text)
        #expect(DurationText.read(text) == duration)
    }

    @Test(
        "a size is written in the largest unit that needs no fraction",
        arguments: ["0", "1000", "64KiB", "1025KiB", "3MiB", "2GiB"])
    func writtenSizes(_ text: String) throws {
        #expect(ByteCountText.write(try #require(ByteCountText.read(text))) == text)
    }
}
