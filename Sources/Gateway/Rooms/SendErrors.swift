/// Connections that ended before they had taken all they were sent, by how that was noticed; messages of a tick that
/// was not written yet do not count.
package struct SendErrors: Sendable, Equatable {
    /// The write itself failed.
    package var writeFailed: UInt64 = 0
    /// Something still waited for the client.
    package var unsent: UInt64 = 0

    package init() {}

    package var total: UInt64 { writeFailed + unsent }

    static func += (left: inout Self, right: Self) {
        left.writeFailed += right.writeFailed
        left.unsent += right.unsent
    }
}
