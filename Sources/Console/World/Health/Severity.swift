/// How much something asks of the operator; the worst of a fleet is the fleet's health.
package enum Severity: Int, Sendable, Comparable {
    /// Nothing to say.
    case fine
    /// Worth a word, and nobody's fault: a drain under way, a worker being connected to.
    case notice
    /// Look at it soon.
    case warning
    /// Users are hurt, or will be.
    case critical

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
