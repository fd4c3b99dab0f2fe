import FleetModel
import Terminal

/// The choice of a table's columns: a list with a mark before each that is shown.
package struct ColumnChooser: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        let id: String
        let title: SafeText
        let isWide: Bool
    }

    let items: [Item]
    private(set) var selected = 0

    init(_ columns: [TableColumn]) {
        // The first column names the row, and is always there.
        items = columns.dropFirst().map {
            Item(id: $0.id, title: $0.title.isEmpty ? SafeText($0.id) : $0.title, isWide: $0.isWide)
        }
    }

    mutating func move(by step: Int) {
        guard !items.isEmpty else { return }
        selected = max(0, min(selected + step, items.count - 1))
    }

    func toggle(in preferences: inout TableState.Preferences) {
        guard items.indices.contains(selected) else { return }
        let item = items[selected]
        if Self.isShown(item, preferences) {
            preferences.added.remove(item.id)
            if !item.isWide { preferences.hidden.insert(item.id) }
        } else {
            preferences.hidden.remove(item.id)
            if item.isWide { preferences.added.insert(item.id) }
        }
    }

    static func isShown(_ item: Item, _ preferences: TableState.Preferences) -> Bool {
        item.isWide ? preferences.added.contains(item.id) : !preferences.hidden.contains(item.id)
    }
}
