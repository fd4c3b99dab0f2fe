import AdminAPI

/// Where the operator is in the list of operations.
package struct OperationsPage: Sendable {
    /// nil until the operator chooses: then the latest is meant, whichever that is.
    var chosen: String?
    /// Steps scrolled past, from the latest.
    var scroll = 0

    func selected(in board: OperationBoard) -> OperationRecord? {
        chosen.flatMap { board[$0] } ?? board.running ?? board.records.first
    }
}
