import FleetModel
import Testing

@testable import Terminal

private func drawn(_ widget: some Widget, _ width: Int, _ height: Int, _ glyphs: Glyphs = .unicode) -> [String] {
    drawn(widget, width: width, height: height, glyphs)
}

private let axis = ChartAxis(labels: ["0", "50", "100"], start: "-5 m", end: "now")
/// What a worker that lies may send.
private let hostile: [Double?] = [.nan, .infinity, -.infinity, -1, nil, 0, .leastNonzeroMagnitude, 1e308, 3]

@Suite("A column chart")
struct ColumnChartTests {
    @Test("stands in eighths of a row, newest at the right edge")
    func eighths() {
        #expect(drawn(ColumnChart([1, 8, 12, 16]), 5, 2) == ["   ▄█", " ▁███"])
        #expect(drawn(ColumnChart([1, 8, 12, 16]), 2, 2) == ["▄█", "██"])
        #expect(drawn(ColumnChart([4, 16]), 2, 2, .ascii) == [" #", ":#"])
    }

    @Test("scales to a ceiling when it has one, and leaves a gap where there was no value")
    func ceiling() {
        #expect(drawn(ColumnChart([4, nil, 99], ceiling: 8), 3, 1) == ["▄ █"])
    }

    @Test("has its values at the left, and its times and cursor below")
    func axes() {
        let chart = ColumnChart([1, 2, 3, 4, 5, 6, 7, 8], axis: axis, cursor: 3)
        #expect(
            drawn(chart, 13, 7) == [
                "100 ┤   ┊  ▃█", "    │   ┊▁▆██", " 50 ┤   ▄████", "    │ ▂▇█████", "  0 ┤▅███████",
                "    └───▲────", "     -5 m now",
            ])
        #expect(
            drawn(chart, 13, 7, .ascii).suffix(2) == ["    +---^----", "     -5 m now"])
    }

    @Test("knows which value was clicked on")
    func clicks() {
        let chart = ColumnChart([1, 2, 3], axis: axis)
        let area = Rect(x: 10, y: 0, width: 12, height: 8)
        #expect([15, 18, 19, 20, 21, 22].map { chart.index(atColumn: $0, in: area) } == [nil, nil, 0, 1, 2, nil])
    }

    @Test("holds out against any figure at any size", arguments: [Glyphs.unicode, .ascii])
    func hostility(_ glyphs: Glyphs) {
        for (width, height) in sizes {
            for ceiling in [nil, 0, -1, .nan, .infinity, 5] as [Double?] {
                let lines = drawn(
                    ColumnChart(hostile, ceiling: ceiling, axis: axis, cursor: width - 3), width, height, glyphs)
                #expect(lines.count == height)
            }
        }
        #expect(drawn(ColumnChart([.infinity, .nan, 1]), 3, 1) == ["█ █"])
    }
}

private let sizes = (0...12).flatMap { width in (0...8).map { (width, $0) } }

@Suite("A heat map")
struct HeatMapTests {
    private let moments: [[Double]?] = [[5, 0, 0], [4, 1, 0], nil, [0, 2, 5]]

    @Test("has a column for each moment and a row for each band, lowest at the bottom")
    func bands() {
        let map = HeatMap(moments, bands: 3, axis: ChartAxis(labels: ["1", "10", "100"]))
        #expect(drawn(map, 9, 3) == ["100 ┤   █", " 10 ┤ · ░", "  1 ┤█▓"])
        #expect(drawn(map, 9, 3, .ascii) == ["100 +   #", " 10 + . :", "  1 +#%"])
    }

    @Test("reads without colour: more is another mark, and more than nothing is one")
    func levels() {
        let map = HeatMap([[0], [0.001], [2], [3], [4], [5]], bands: 1)
        #expect(drawn(map, 6, 1) == [" ·░▒▓█"])
        #expect(drawn(map, 6, 1, .ascii) == [" .:=%#"])
        var buffer = CellBuffer(size: Size(columns: 6, rows: 1))
        buffer.draw(map, in: buffer.bounds, glyphs: .unicode)
        #expect(buffer.cells.map(\.style.role) == ThemeRole.heatScale)
    }

    @Test("adds bands up where there is no room for all, and stands at the bottom where there is more")
    func heights() {
        let map = HeatMap([[1, 1, 0, 8]], bands: 4)
        #expect(drawn(map, 1, 2) == ["█", "·"])
        #expect(drawn(map, 1, 6) == ["", "", "█", "", "·", "·"])
    }

    @Test("knows which moment was clicked on")
    func clicks() {
        let area = Rect(x: 0, y: 0, width: 10, height: 3)
        let map = HeatMap(moments, bands: 3)
        #expect([5, 6, 9, 10].map { map.index(atColumn: $0, in: area) } == [nil, 0, 3, nil])
    }

    @Test("holds out against any figure at any size", arguments: [Glyphs.unicode, .ascii])
    func hostility(_ glyphs: Glyphs) {
        let moments: [[Double]?] = [hostile.map { $0 ?? 0 }, [], nil, [1], hostile.map { $0 ?? .nan }]
        for (width, height) in sizes {
            for bands in [-1, 0, 1, 3, 50] {
                let map = HeatMap(moments, bands: bands, ceiling: .nan, axis: axis, cursor: 2)
                #expect(drawn(map, width, height, glyphs).count == height)
            }
        }
    }
}

@Suite("A histogram")
struct HistogramTests {
    private let rows = [
        Histogram.Row("1000 planned", 6, text: "6"), Histogram.Row("1006 lost", 3, text: "3"),
        Histogram.Row("other", 0, text: "0"),
    ]

    @Test("has a name, a bar and a figure in each row")
    func rowsDrawn() {
        #expect(
            drawn(Histogram(rows), 24, 3) == [
                "1000 planned █████████ 6", "1006 lost    ████▌···· 3", "other        ········· 0",
            ])
        #expect(drawn(Histogram(rows, ceiling: 12), 24, 1, .ascii) == ["1000 planned ####-.... 6"])
    }

    @Test("gives up its bars, then its names, before its figures")
    func narrow() {
        #expect(drawn(Histogram(rows), 14, 1) == ["1000 planned 6"])
        #expect(drawn(Histogram(rows), 6, 1) == ["100… 6"])
        #expect(drawn(Histogram(rows), 1, 1) == ["6"])
    }

    @Test("holds out against any figure at any size")
    func hostility() {
        for (width, height) in sizes {
            let rows = hostile.map { Histogram.Row("日本語", $0 ?? 0, text: "∞ 日") }
            #expect(drawn(Histogram(rows), width, height).count == height)
        }
    }
}
