import FleetModel
import Terminal

/// Writing a page into a file.
extension ConsoleModel {
    mutating func type(_ key: Key, intoExport field: TextField) -> [ConsoleEffect] {
        var field = field
        switch key {
        case .escape: overlay = nil
        case .enter:
            overlay = nil
            return field.trimmed.isEmpty ? [] : export(to: field.trimmed)
        default:
            _ = field.take(key)
            overlay = .export(field)
        }
        return []
    }

    /// The ending of the name says in which form; without one the page is written as it is on the screen.
    mutating func export(to path: String) -> [ConsoleEffect] {
        let ending = path.split(separator: ".").last.map(String.init) ?? ""
        switch Export.Format(rawValue: ending) {
        case .csv?: return export(path) { TableExport(source: $0, state: $1).csv }
        case .json?: return export(path) { TableExport(source: $0, state: $1).json }
        case .text?, nil: return [.export(Export(path: path, content: pageText))]
        }
    }

    private mutating func export(
        _ path: String, _ content: (any TableSource, TableState) -> String
    ) -> [ConsoleEffect] {
        guard let source = page.source(context), let table = page.table else {
            hint = HintWords.nothingToExport
            return []
        }
        return [.export(Export(path: path, content: content(source, table)))]
    }

    /// The page as it is on the screen.
    private var pageText: String {
        let area = context.area
        var buffer = CellBuffer(size: size)
        page.draw(into: &buffer, in: area, context)
        return buffer.textLines[area.y..<min(area.y + area.height, buffer.size.rows)].joined(separator: "\n") + "\n"
    }
}
