import FleetModel

/// One client's entry in the registry.
package struct RegisteredConnection: Sendable, Equatable {
    package var connectionID: String
    package var userID: String

    /// After which an entry lapses that nobody refreshed; it is refreshed every third of that.
    package static let lifetime: Duration = .seconds(60)

    package init(connectionID: String, userID: String) {
        self.connectionID = connectionID
        self.userID = userID
    }
}

/// Makes the connections of users known to other workers and to backends: `gad:user:<id>:conns`, connection to worker.
///
/// Entries lapse by themselves; all calls take many at once.
package protocol ConnectionRegistration: Sendable {
    func add(_ connections: [RegisteredConnection], of worker: WorkerID) async throws
    func remove(_ connections: [RegisteredConnection], of worker: WorkerID) async throws
    /// Puts off the end of the entries of all connections.
    func refresh(_ connections: [RegisteredConnection], of worker: WorkerID) async throws
    /// Takes out what workers left that died without saying so, `worker`'s own life before included.
    /// - Returns: how many connections were taken out.
    func sweep(_ worker: WorkerID) async throws -> Int
}
