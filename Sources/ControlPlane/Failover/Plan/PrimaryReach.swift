import FleetModel

/// Whether this process can stop the primary and have it go on: what a drill by crash needs.
package enum PrimaryReach: Sendable, Equatable {
    /// It is a process of this machine that this user may signal.
    case process(id: Int32)
    /// It is not; the words say why.
    case outOfReach(SafeText)
    /// Nobody has looked yet; whoever carries the drill out does, and refuses it where it is not.
    case unseen
}
