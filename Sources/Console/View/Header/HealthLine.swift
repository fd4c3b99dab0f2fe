import FleetModel
import Terminal

/// One word with its colour, how many troubles there are, and the worst of them first: `WARN 2 ▸ hot worker gw1-w2`.
struct HealthLine: Widget {
    let health: FleetHealth

    /// The word, the count of up to two digits, and the mark before the worst.
    static let badgeWidth = 11

    init(_ health: FleetHealth) {
        self.health = health
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let end = area.x + area.width
        var x = buffer.put(
            " \(health.word) ", x: area.x, y: area.y,
            style: health.isKnown ? health.severity.badge : Style(.accent, bold: true, reverse: true), width: area.width
        )
        if health.troubles > 0 {
            x = buffer.put("\(health.troubles)", x: x, y: area.y, style: health.severity.style, width: end - x)
        }
        for (index, finding) in health.findings.enumerated() where end - x > 4 {
            let mark = index == 0 ? glyphs.pointer : glyphs.bullet
            x = buffer.put(" \(SafeText(String(mark))) ", x: x, y: area.y, style: Style(.dim))
            x = put(finding, into: &buffer, x: x, y: area.y, width: end - x, glyphs)
        }
    }

    private func put(
        _ finding: Finding, into buffer: inout CellBuffer, x: Int, y: Int, width: Int, _ glyphs: Glyphs
    ) -> Int {
        let sentence = finding.sentence
        buffer.put(sentence, x: x, y: y, style: finding.severity.style, width: width, ellipsis: glyphs.ellipsis)
        return x + min(sentence.columnWidth, width)
    }
}

extension Severity {
    /// How words of this severity look.
    var style: Style {
        switch self {
        case .fine, .notice: .normal
        case .warning: Style(.warning)
        case .critical: Style(.critical)
        }
    }

    /// How the one word looks.
    var badge: Style {
        switch self {
        case .fine, .notice: Style(.good, bold: true, reverse: true)
        case .warning: Style(.warning, bold: true, reverse: true)
        case .critical: Style(.critical, bold: true, reverse: true)
        }
    }

    /// The mark before a line, so that severity is seen without colour; nil where there is nothing to see.
    func mark(_ glyphs: Glyphs) -> Character? {
        switch self {
        case .fine, .notice: nil
        case .warning: "!"
        case .critical: glyphs.cross
        }
    }
}
