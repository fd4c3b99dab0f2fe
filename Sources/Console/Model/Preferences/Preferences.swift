import FleetModel

/// What the operator chose and finds again at the next start.
package struct Preferences: Sendable, Equatable {
    package var theme: String?
    package var language: Language?
    package var isMouseOn = false
    /// Cells whose figure has changed are set off.
    package var highlightsChanges = true
    /// Tables show all their columns and are scrolled sideways.
    package var isWide = false
    /// Columns and orders, by page.
    package var tables: [String: TableState.Preferences] = [:]
    /// Command lines, the latest last.
    package var history: [String] = []

    package static let maximumHistory = 100

    package init() {}

    mutating func remember(_ command: String) {
        history.removeAll { $0 == command }
        history.append(command)
        history.removeFirst(max(0, history.count - Self.maximumHistory))
    }
}
