import FleetModel

/// What the server's processes had used at one moment.
struct UsageSnapshot: Sendable {
    /// By `SteadyClock`.
    let time: UInt64
    /// Processes that have ended are left out.
    let servers: [Int32: ServerUsage]

    static func take(_ pids: [Int32]) -> UsageSnapshot {
        let pairs = pids.compactMap { pid in ServerUsage.read(pid: pid).map { (pid, $0) } }
        return UsageSnapshot(time: SteadyClock.now, servers: Dictionary(pairs) { first, _ in first })
    }
}

/// What the server's processes used while the run lasted.
struct UsageOverRun: Sendable {
    let begin: UsageSnapshot
    /// Every client was connected, and publishing began.
    let settled: UsageSnapshot
    /// The last message had come, and every client was still connected.
    let end: UsageSnapshot
    /// Clients connected when publishing began.
    let clients: Int
}
