import AdminAPI
import FleetModel
import Terminal

/// The question before leaving while this console leads an operation.
struct QuitQuestionView: Widget {
    let operations: [OperationRecord]

    private static let width = 76

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let width = min(area.width, Self.width)
        let lines = text.flatMap { $0.wrapped(to: max(1, width - 4)) }
        let height = min(area.height, lines.count + Self.choices.count + 3)
        let frame = Rect(
            x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width: width, height: height)
        buffer.draw(Box(HeaderWords.leave, style: Style(.warning)), in: frame, glyphs: glyphs)
        let inside = Box.interior(of: frame)
        for (index, line) in lines.prefix(inside.height).enumerated() {
            buffer.put(line, x: inside.x + 1, y: inside.y + index, width: inside.width - 2, ellipsis: glyphs.ellipsis)
        }
        for (index, choice) in Self.choices.enumerated() where lines.count + 1 + index < inside.height {
            let y = inside.y + lines.count + 1 + index
            buffer.put(choice.key, x: inside.x + 1, y: y, style: Style(.key))
            buffer.put(choice.words, x: inside.x + 6, y: y, width: inside.width - 7, ellipsis: glyphs.ellipsis)
        }
    }

    private static var choices: [(key: SafeText, words: SafeText)] {
        [("Esc", HeaderWords.stay), ("c", HeaderWords.cancelAndLeave), ("l", HeaderWords.abandon)]
    }

    private var text: [SafeText] {
        operations.flatMap { operation in
            [
                HeaderWords.leads(
                    OperationWords.title(operation.plan), Figures.percent(operation.state.progress),
                    SafeText(operation.state.note)),
                HeaderWords.leadOn(OperationWords.takeOverCommand(operation)),
            ]
        }
    }
}

extension OperationWords {
    static func takeOverCommand(_ operation: OperationRecord) -> SafeText {
        "gadtop operations takeover \(SafeText(operation.id))"
    }
}
