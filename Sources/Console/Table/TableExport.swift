import FleetModel
import Terminal

/// A table as a file: all its columns, in the order that is shown, of all rows that the filter lets through.
struct TableExport {
    let source: any TableSource
    let state: TableState

    /// RFC 4180, with a line of the columns' names.
    var csv: String {
        let heading = source.columns.map { Self.quoted($0.id) }.joined(separator: ",")
        let lines = state.order(in: source).map { row in cells(of: row).map(Self.quoted).joined(separator: ",") }
        return ([heading] + lines).map { $0 + "\r\n" }.joined()
    }

    /// An array of objects; every value is the text of its cell.
    var json: String {
        let objects = state.order(in: source).map { row in
            let pairs = zip(source.columns, cells(of: row)).map { column, text in
                "\(Self.jsonText(column.id)): \(Self.jsonText(text))"
            }
            return "  {" + pairs.joined(separator: ", ") + "}"
        }
        return "[\n" + objects.joined(separator: ",\n") + "\n]\n"
    }

    private func cells(of row: Int) -> [String] {
        source.columns.indices.map { source.cell(row, $0, .ascii).plainText.text }
    }

    /// A text that a spreadsheet would take for a formula is marked as text.
    private static func quoted(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@".contains($0) && text.count > 1 && Double(text) == nil } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    /// The text is safe already: only the quote and the backslash need an escape (RFC 8259, 7).
    private static func jsonText(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

extension TableState {
    /// The selected row as its cells read.
    func selectedText(_ source: any TableSource) -> SafeText? {
        guard let row = selectedRow(source) else { return nil }
        let cells = source.columns.indices.map { source.cell(row, $0, .ascii).plainText.text }
        return SafeText(cells.filter { !$0.isEmpty }.joined(separator: "  "))
    }
}
