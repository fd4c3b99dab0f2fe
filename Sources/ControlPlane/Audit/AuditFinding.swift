import FleetModel

/// Something in an audit chain that nobody's regular writing explains.
package struct AuditFinding: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Its content is not what its hash was made of.
        case edited
        /// It does not continue the record before it: one of the two was replaced.
        case replaced
        case removed
        case reordered
        case unreadable
        /// The chain does not end, or begin, where its head says.
        case head
        /// In one of the two chains only.
        case unmatched
    }

    package var kind: Kind
    /// The record's place; nil for something about the whole chain.
    package var sequence: Int?
    package var words: SafeText

    package init(_ kind: Kind, at sequence: Int?, _ words: SafeText) {
        self.kind = kind
        self.sequence = sequence
        self.words = words
    }
}
