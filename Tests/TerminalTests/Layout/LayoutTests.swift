import Testing

@testable import Terminal

@Suite("A layout")
struct LayoutTests {
    private let parts: [LayoutPart] = [
        .fixed(3, priority: 9), LayoutPart(minimum: 6, maximum: 20, priority: 5), .fixed(8), .fixed(4, priority: 7),
    ]

    @Test("gives each part its length and the rest to the one that can grow")
    func roomy() {
        #expect(Layout.lengths(of: parts, in: 40, spacing: 1) == [3, 20, 8, 4])
        #expect(Layout.lengths(of: parts, in: 30, spacing: 1) == [3, 12, 8, 4])
    }

    @Test("leaves out the parts of lowest priority first")
    func tight() {
        #expect(Layout.lengths(of: parts, in: 23, spacing: 1) == [3, 14, nil, 4])
        #expect(Layout.lengths(of: parts, in: 14, spacing: 1) == [3, nil, nil, 4])
        #expect(Layout.lengths(of: parts, in: 2) == [nil, nil, nil, nil])
    }

    @Test("shares evenly among equals")
    func equals() {
        #expect(Layout.lengths(of: [.flexible(), .flexible(), .flexible()], in: 10) == [4, 3, 3])
    }

    @Test("places rows and columns one after another")
    func rectangles() {
        let area = Rect(x: 2, y: 1, width: 20, height: 10)
        #expect(
            area.columns([.fixed(5), .flexible()], spacing: 1) == [
                Rect(x: 2, y: 1, width: 5, height: 10), Rect(x: 8, y: 1, width: 14, height: 10),
            ])
        #expect(
            area.rows([.fixed(1, priority: 1), .fixed(20), .flexible()]) == [
                Rect(x: 2, y: 1, width: 20, height: 1), nil, Rect(x: 2, y: 2, width: 20, height: 9),
            ])
    }
}
