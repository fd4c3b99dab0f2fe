import FleetModel
import Terminal

/// A table as plain lines: columns as wide as their widest cell, two blanks apart, no colours.
struct TextTable {
    struct Column {
        enum Alignment {
            case left
            case right
        }

        let title: SafeText
        let alignment: Alignment

        init(_ title: SafeText, _ alignment: Alignment = .right) {
            self.title = title
            self.alignment = alignment
        }
    }

    let columns: [Column]
    var rows: [[SafeText]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    var text: String {
        let all = [columns.map(\.title)] + rows
        let widths = columns.indices.map { column in all.map { $0[column].columnWidth }.max() ?? 0 }
        return all.map { line($0, widths) }.joined(separator: "\n")
    }

    private func line(_ cells: [SafeText], _ widths: [Int]) -> String {
        let padded = columns.indices.map { column in
            let gap = String(repeating: " ", count: widths[column] - cells[column].columnWidth)
            return switch columns[column].alignment {
            case .left: cells[column].text + gap
            case .right: gap + cells[column].text
            }
        }
        let line = padded.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}
