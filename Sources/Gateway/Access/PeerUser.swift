/// A user of this machine, as the operating system knows them.
struct PeerUser: Sendable, Equatable {
    var number: UInt32
    /// `uid:1234` where the system has no name for it.
    var name: String
    /// Names of the groups; `gid:1234` where the system has no name for one.
    var groups: Set<String>
}
