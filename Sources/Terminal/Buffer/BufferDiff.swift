/// Finds what differs between two screens, so that only that is drawn.
package enum BufferDiff {
    /// Cells side by side on one row that all changed.
    package struct Run: Hashable, Sendable {
        package let x: Int
        package let y: Int
        package let width: Int
    }

    /// - Parameter old: the screen as it stands; nil, or one of another size, makes every row a run.
    package static func runs(from old: CellBuffer?, to new: CellBuffer) -> [Run] {
        let columns = new.size.columns
        guard let old, old.size == new.size else {
            return columns == 0 ? [] : (0..<new.size.rows).map { Run(x: 0, y: $0, width: columns) }
        }
        var runs: [Run] = []
        for y in 0..<new.size.rows {
            append(to: &runs, y: y, old: old.cells[row: y, of: columns], new: new.cells[row: y, of: columns])
        }
        return runs
    }

    private static func append(to runs: inout [Run], y: Int, old: ArraySlice<Cell>, new: ArraySlice<Cell>) {
        var start: Int?
        for index in new.indices {
            if old[index] != new[index] {
                start = start ?? index
            } else if let first = start {
                runs.append(Run(x: first - new.startIndex, y: y, width: index - first))
                start = nil
            }
        }
        if let first = start {
            runs.append(Run(x: first - new.startIndex, y: y, width: new.endIndex - first))
        }
    }
}

extension [Cell] {
    fileprivate subscript(row row: Int, of columns: Int) -> ArraySlice<Cell> {
        self[row * columns..<(row + 1) * columns]
    }
}
