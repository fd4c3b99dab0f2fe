import FleetModel
import NIOConcurrencyHelpers

/// Which worker serves which connection of a user, in Redis: a hash `gad:user:<id>:conns` (connection to worker) with
/// a time to live for each user, and a hash `gad:worker:<id>:conns` (connection to user) for each worker, by which
/// others clean up after one that died.
package final class ConnectionRegistry: Sendable {
    let client: RedisClient
    private let lifetime: Duration
    /// Whether what the worker's life before left is put aside.
    let hasTakenOver = NIOLockedValueBox(false)
    /// What this worker has claimed and not yet cleaned up.
    let claims = NIOLockedValueBox<Set<String>>([])

    /// Connections in one pipeline: few commands enough that Redis serves others in between.
    static let batchSize = 128
    /// Users' entries lapse by themselves; a worker's are for those who clean up and stay until one of them comes.
    private static let workerLifetime: Duration = .seconds(86_400)

    /// - Parameter lifetime: after which the entries of a user lapse that nobody enters again.
    package init(client: RedisClient, lifetime: Duration) {
        self.client = client
        self.lifetime = lifetime
    }

    /// A connection and whose it is.
    package struct Entry: Sendable, Equatable {
        package var connection: String
        package var user: String

        package init(connection: String, user: String) {
            self.connection = connection
            self.user = user
        }
    }

    /// Enters connections, and puts off the end of entries that are there already.
    ///
    /// Everything is written each time, so that a Redis that lost it has it again one refresh later.
    package func enter(_ entries: [Entry], of worker: WorkerID, at now: UnixTime) async throws {
        try await takeOver(worker, at: now)
        for batch in entries.batches(of: Self.batchSize) {
            _ = try await client.send(pipeline: entering(batch, worker))
        }
    }

    package func remove(_ entries: [Entry], of worker: WorkerID) async throws {
        _ = try await remove(entries, from: ConnectionKeys.worker(worker))
    }

    /// - Parameter key: the hash of the worker that the connections were of.
    /// - Returns: how many were there.
    func remove(_ entries: [Entry], from key: String) async throws -> Int {
        var removed = 0
        for batch in entries.batches(of: Self.batchSize) {
            let answers = try await client.send(pipeline: Self.removing(batch, from: key))
            removed += answers.dropLast().compactMap(\.integer).reduce(0) { $0 + Int($1) }
        }
        return removed
    }

    private func entering(_ batch: ArraySlice<Entry>, _ worker: WorkerID) -> [RESPCommand] {
        let key = ConnectionKeys.worker(worker)
        let byUser = Dictionary(grouping: batch, by: \.user).flatMap { user, entries in
            let fields = entries.flatMap { [$0.connection, worker.rawValue] }
            return [
                RESPCommand("HSET", [ConnectionKeys.user(user)] + fields),
                RESPCommand("PEXPIRE", [ConnectionKeys.user(user), "\(lifetime.wholeMilliseconds)"]),
            ]
        }
        return byUser + [
            RESPCommand("HSET", [key] + batch.flatMap { [$0.connection, $0.user] }),
            RESPCommand("PEXPIRE", [key, "\(Self.workerLifetime.wholeMilliseconds)"]),
        ]
    }

    /// The last command is for the worker's hash; the others answer how many connections the users had.
    private static func removing(_ batch: ArraySlice<Entry>, from key: String) -> [RESPCommand] {
        let byUser = Dictionary(grouping: batch, by: \.user)
        let commands = byUser.map { user, entries in
            RESPCommand("HDEL", [ConnectionKeys.user(user)] + entries.map(\.connection))
        }
        return commands + [RESPCommand("HDEL", [key] + batch.map(\.connection))]
    }
}

/// What the registry's keys are called.
enum ConnectionKeys {
    static func user(_ user: String) -> String { "gad:user:\(user):conns" }
    static func worker(_ worker: WorkerID) -> String { "gad:worker:\(worker):conns" }
    /// Hashes of dead workers that somebody is cleaning up, by when that began.
    static let claims = "gad:sweeps"
    /// A name that nobody else has, for what a worker left.
    static func claim(_ worker: WorkerID) -> String {
        "gad:sweep:\(worker):" + String(UInt64.random(in: .min ... .max), radix: 16)
    }
}

extension Array {
    fileprivate func batches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
