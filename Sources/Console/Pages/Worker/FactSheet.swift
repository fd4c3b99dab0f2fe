import FleetModel
import Terminal

/// Facts that belong together, under a title.
struct FactSection: Sendable {
    struct Fact: Sendable {
        enum Content: Sendable {
            case text(SafeText)
            /// From 0 to 1, with what it stands for.
            case bar(Double, SafeText)
            case spark([Double])
        }

        let name: SafeText
        let content: Content
        let style: Style

        init(_ name: SafeText, _ text: SafeText, _ style: Style = .normal) {
            self.name = name
            content = .text(text)
            self.style = style
        }

        init(_ name: SafeText, _ content: Content, _ style: Style = .normal) {
            self.name = name
            self.content = content
            self.style = style
        }
    }

    let title: SafeText
    var facts: [Fact]

    /// With the title, and a blank line after it.
    var height: Int { facts.count + 2 }
}

/// Sections side by side in as many columns as there is room for.
struct FactSheetView: Widget {
    let sections: [FactSection]
    let scroll: Int

    /// What a column is comfortable with, and what it makes do with on a screen that has no room for two such.
    private static let columnWidth = 58
    private static let narrowColumn = 38
    private static let gap = 2
    private static let nameWidth = 18

    func lineCount(in area: Rect) -> Int {
        columns(in: area).map { $0.reduce(0) { $0 + $1.height } - 1 }.max() ?? 0
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let columns = columns(in: area)
        let width = (area.width - Self.gap * (columns.count - 1)) / max(columns.count, 1)
        guard width > 0 else { return }
        for (index, sections) in columns.enumerated() {
            let place = Rect(
                x: area.x + index * (width + Self.gap), y: area.y, width: width, height: area.height)
            draw(sections, into: &buffer, in: place, glyphs)
        }
    }

    /// In the order of the sections, each column about as high as the others.
    private func columns(in area: Rect) -> [[FactSection]] {
        let width = area.width >= 2 * Self.columnWidth ? Self.columnWidth : Self.narrowColumn
        let count = max(1, (area.width + Self.gap) / (width + Self.gap))
        let total = sections.reduce(0) { $0 + $1.height }
        var columns: [[FactSection]] = [[]]
        var height = 0
        for section in sections {
            let isFull = height > 0 && (height + section.height / 2) * count > total
            if isFull, columns.count < count {
                columns.append([])
                height = 0
            }
            columns[columns.count - 1].append(section)
            height += section.height
        }
        return columns
    }

    private func draw(_ sections: [FactSection], into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        var y = area.y - scroll
        for section in sections {
            if isVisible(y, area) {
                buffer.put(
                    section.title, x: area.x, y: y, style: Style(.title), width: area.width, ellipsis: glyphs.ellipsis)
            }
            for (index, fact) in section.facts.enumerated() where isVisible(y + 1 + index, area) {
                draw(fact, into: &buffer, in: Rect(x: area.x, y: y + 1 + index, width: area.width, height: 1), glyphs)
            }
            y += section.height
        }
    }

    private func isVisible(_ y: Int, _ area: Rect) -> Bool { (area.y..<area.y + area.height).contains(y) }

    private func draw(_ fact: FactSection.Fact, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        let name = min(Self.nameWidth, area.width * 2 / 5)
        buffer.put(fact.name, x: area.x + 1, y: area.y, style: Style(.dim), width: name - 1, ellipsis: glyphs.ellipsis)
        let place = Rect(x: area.x + name + 1, y: area.y, width: max(0, area.width - name - 1), height: 1)
        switch fact.content {
        case .text(let text):
            buffer.put(text, x: place.x, y: place.y, style: fact.style, width: place.width, ellipsis: glyphs.ellipsis)
        case .spark(let values):
            buffer.draw(Sparkline(values, style: fact.style), in: place, glyphs: glyphs)
        case .bar(let fraction, let text):
            let bar = min(12, place.width / 3)
            buffer.draw(
                Bar(fraction, style: fact.style, rest: Style(.barEmpty)),
                in: Rect(x: place.x, y: place.y, width: bar, height: 1), glyphs: glyphs)
            buffer.put(
                text, x: place.x + bar + 1, y: place.y, width: place.width - bar - 1, ellipsis: glyphs.ellipsis)
        }
    }
}
