import FleetModel
import Testing

@Suite("Figures")
struct FiguresTests {
    @Test(
        "counts are grouped, then shortened",
        arguments: [
            (0, "0"), (999, "999"), (1_204, "1,204"), (20_184, "20,184"), (-1_204, "-1,204"), (999_999, "999,999"),
            (1_234_567, "1.2M"), (123_456_789, "123M"),
        ])
    func counts(value: Int, text: String) {
        #expect(Figures.grouped(value).text == text)
    }

    @Test(
        "exact counts keep every digit",
        arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (20_184, "20,184"), (-1_204_000, "-1,204,000")])
    func exactCounts(value: Int, text: String) {
        #expect(Figures.exact(value).text == text)
    }

    @Test(
        "rates never take more than five columns",
        arguments: [
            (0.0, "0"), (0.02, "0.1"), (0.44, "0.4"), (12.4, "12"), (1_204.0, "1,204"), (9_999.6, "10.0k"),
            (41_930.0, "41.9k"), (99_960.0, "100k"), (412_000.0, "412k"), (1_230_000.0, "1.2M"), (.nan, "0"),
        ])
    func rates(value: Double, text: String) {
        #expect(Figures.rate(value).text == text)
        #expect(text.count <= 5)
    }

    @Test(
        "bytes count in steps of 1024",
        arguments: [(0, "0"), (512, "512B"), (90_112, "88K"), (1_258_291, "1.2M"), (100_663_296, "96M")])
    func bytes(count: Int64, text: String) {
        #expect(Figures.bytes(ByteCount(count)).text == text)
    }

    @Test("latencies are milliseconds until they are seconds")
    func latencies() {
        #expect(Figures.milliseconds(nil).text == "-")
        #expect(Figures.milliseconds(.microseconds(420)).text == "0.4")
        #expect(Figures.milliseconds(.milliseconds(31)).text == "31")
        #expect(Figures.milliseconds(.milliseconds(999.7)).text == "1.0s")
        #expect(Figures.latency(.milliseconds(1_240)).text == "1.2 s")
        #expect(Figures.latency(.seconds(71)).text == "71 s")
        #expect(Figures.elapsed(.seconds(3.000935761)).text == "3.0 s")
        #expect(Figures.elapsed(.milliseconds(72.17)).text == "72 ms")
        #expect(Figures.elapsed(.seconds(240)).text == "4 m")
    }

    @Test("times are told in their largest unit, waits with the next one")
    func times() {
        #expect(Figures.age(.seconds(99)).text == "99s")
        #expect(Figures.span(.seconds(100)).text == "1 m")
        #expect(Figures.wait(.seconds(187)).text == "3 m 07 s")
        #expect(Figures.wait(.seconds(3_725)).text == "1 h 02 m")
        #expect(Figures.age(.seconds(-5)).text == "0s")
    }
}
