import FleetModel
import Terminal

/// Every key and what it does, made from the key map itself; the commands; and what the marks of the screen mean.
struct HelpView: Widget {
    let title: SafeText
    let keymap: Keymap
    /// The page whose keys come first.
    let from: PageKind
    var places: [SafeText] = []
    let scroll: Int

    /// From here on keys stand beside commands and marks.
    private static let twoColumns = 118
    private static let keyWidth = 14

    func lineCount(width: Int) -> Int {
        let (keys, rest) = (keyLines.count, otherLines.count)
        return placeLines.count + (width >= Self.twoColumns ? max(keys, rest) : keys + rest)
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        guard area.height > 0 else { return }
        buffer.draw(Rule(title, notes: notes(area)), in: area.line(0), glyphs: glyphs)
        let body = area.withoutFirstRow
        guard area.width >= Self.twoColumns else {
            draw(placeLines + keyLines + otherLines, into: &buffer, in: body, glyphs)
            return
        }
        draw(placeLines, into: &buffer, in: body, glyphs)
        let blanks = Array(repeating: HelpLine.blank, count: placeLines.count)
        let half = area.width / 2
        let left = Rect(x: 0, y: body.y, width: half, height: body.height)
        draw(blanks + keyLines, into: &buffer, in: left, glyphs)
        draw(blanks + otherLines, into: &buffer, in: Rect(x: half, y: left.y, width: half, height: left.height), glyphs)
    }

    private func notes(_ area: Rect) -> [SafeText] {
        let (count, height) = (lineCount(width: area.width), area.height - 1)
        return count > height ? [HelpWords.lines(scroll + 1, min(scroll + height, count), of: count)] : []
    }

    private func draw(_ lines: [HelpLine], into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
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

    private var placeLines: [HelpLine] {
        places.isEmpty ? [] : [.title(HelpWords.places)] + places.map(HelpLine.line) + [.blank]
    }

    private var keyLines: [HelpLine] { HelpKeys(keymap: keymap, page: from).lines }

    private var otherLines: [HelpLine] {
        let commands = HelpWords.commands.map { HelpLine.entry($0.key, $0.words) }
        let marks = HelpWords.marks.map { HelpLine.entry($0.key, $0.words) }
        return [.title(HelpWords.commandTitle)] + commands + [.blank, .title(HelpWords.markTitle)] + marks
    }
}
