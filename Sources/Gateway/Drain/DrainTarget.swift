import FleetModel

/// What a drain does to the side that serves clients.
package protocol DrainTarget: Sendable {
    /// Stops accepting; connections that are open stay.
    func refuseNew(for cause: DrainCause) async
    /// Accepts again.
    func acceptNew() async throws
    /// Tells every client to reconnect elsewhere, each within a random part of `spread`.
    /// - Returns: how many were told.
    func announceReconnect(spread: Duration) async -> Int
    /// Closes up to `count` connections, as planned ones.
    /// - Returns: how many.
    func close(atMost count: Int, for cause: DrainCause) async -> Int
    func connectionCount() async -> Int
}
