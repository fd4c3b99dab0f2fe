import FleetModel
import Terminal

/// Every key and what it does, made from the key map itself, and what the marks of the screen mean.
struct HelpView: Widget {
    let title: SafeText
    let keymap: Keymap
    var places: [SafeText] = []
    let scroll: Int

    /// From here on keys and marks stand side by side.
    private static let twoColumns = 118
    private static let keyWidth = 14

    private enum Line {
        case title(SafeText)
        case entry(SafeText, SafeText)
        case line(SafeText)
        case blank
    }

    func lineCount(width: Int) -> Int {
        let rest = width >= Self.twoColumns ? max(keyLines.count, markLines.count) : keyLines.count + markLines.count
        return placeLines.count + rest
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        buffer.draw(Rule(title, notes: notes(area)), in: area.line(0), glyphs: glyphs)
        let body = area.withoutFirstRow
        guard area.width >= Self.twoColumns else {
            draw(placeLines + keyLines + markLines, into: &buffer, in: body, glyphs)
            return
        }
        draw(placeLines, into: &buffer, in: body, glyphs)
        let blanks = Array(repeating: Line.blank, count: placeLines.count)
        let half = area.width / 2
        let left = Rect(x: 0, y: body.y, width: half, height: body.height)
        draw(blanks + keyLines, into: &buffer, in: left, glyphs)
        draw(blanks + markLines, into: &buffer, in: Rect(x: half, y: left.y, width: half, height: left.height), glyphs)
    }

    private func notes(_ area: Rect) -> [SafeText] {
        let (count, height) = (lineCount(width: area.width), area.height - 1)
        return count > height ? ["lines \(scroll + 1)-\(min(scroll + height, count)) of \(count)"] : []
    }

    private func draw(_ lines: [Line], into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        let x = area.x + TableLayout.margin
        for (index, line) in lines.dropFirst(scroll).prefix(area.height).enumerated() {
            let y = area.y + index
            switch line {
            case .title(let title): buffer.put(title, x: x, y: y, style: Style(.title))
            case .entry(let key, let words):
                buffer.put(key, x: x, y: y, style: Style(.key), width: Self.keyWidth)
                let left = x + Self.keyWidth + 1
                buffer.put(words, x: left, y: y, width: area.x + area.width - left - 1, ellipsis: glyphs.ellipsis)
            case .line(let words):
                buffer.put(words, x: x, y: y, width: area.x + area.width - x - 1, ellipsis: glyphs.ellipsis)
            case .blank: break
            }
        }
    }

    private var placeLines: [Line] {
        places.isEmpty ? [] : [.title("This fleet, for another terminal")] + places.map(Line.line) + [.blank]
    }

    private var keyLines: [Line] {
        keymap.groups.flatMap { group in
            let entries = group.bindings.filter { !$0.keys.isEmpty }.map { binding in
                let keys = binding.keys.map(\.words.text).joined(separator: " ")
                return Line.entry(SafeText(keys), binding.words)
            }
            return [.title(group.title)] + entries + [.blank]
        }
    }

    private var markLines: [Line] {
        let marks: [(SafeText, SafeText)] = [
            ("!", "look at it soon; a cross: users are hurt"),
            ("CONNS", "connections; SHARE of the live fleet's"),
            ("IN OUT", "messages from clients, and to clients"),
            ("P50 P95 P99", "publish to socket write, over 10 s"),
            ("QUEUE", "bytes waiting for clients' sockets"),
            ("LAG", "worst event loop delay in a second"),
            ("CHURN", "closed in a minute; * mostly planned"),
            ("FDS", "open descriptors, of the limit"),
            ("BRK", "the worst Redis breaker: ok, half, OPEN"),
            ("sampling", "delivers a part of best effort; shedding: none"),
            ("SHEDDING", "important is shed too; critical never is"),
            ("SKEW", "fullest active worker over the mean"),
            (">  ?", "at least so many; not known"),
            ("stale", "silent over 3 s; its clients are unheard"),
        ]
        return [.title("What the screen says")] + marks.map(Line.entry)
    }
}
