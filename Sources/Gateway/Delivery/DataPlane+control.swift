import FleetModel
import NIOCore
import WebSocket

extension DataPlane {
    /// Tells every client to reconnect elsewhere, each within its own random part of `spread`.
    /// - Returns: how many were told.
    package func announceReconnect(spread: Duration) async -> Int {
        let spread = self.spread(atLeast: spread)
        return await onEachShard { $0.announceReconnect(spread: spread) }.reduce(0, +)
    }

    /// Closes up to `count` open connections, chosen at random, and counts them as planned.
    /// - Returns: how many close frames were sent.
    package func close(
        atMost count: Int, code: CloseCode, reason: String, as planned: PlannedClose = .drain
    ) async -> Int {
        var left = count
        var closed = 0
        let sizes = await onEachShard(\.openCount)
        for (shard, share) in zip(shards, Self.shares(of: count, sizes)).shuffled() where left > 0 {
            let number = await Self.on(shard) { $0.close(atMost: share, code: code, reason: reason, as: planned) } ?? 0
            closed += number
            left -= number
        }
        return closed
    }

    /// Brings the policy that holds from here on, for clients that are connected too.
    package func apply(_ policy: GatewayPolicy) async {
        services?.apply(policy)
        exchange.apply(policy)
        _ = await onEachShard { $0.apply(policy) }
    }

    /// Has all loops leave so much undone, each as soon as it has time: one that has none is not waited for.
    package func degrade(to level: DegradationLevel) async {
        for shard in shards { shard.loop.execute { shard.degradation = level } }
    }

    /// Connections that are not ended yet.
    package func connectionCount() async -> Int {
        await onEachShard(\.connectionCount).reduce(0, +)
    }

    /// Splits `count` in proportion to `sizes`, rounding so that the parts add up to it or to all there is.
    static func shares(of count: Int, _ sizes: [Int]) -> [Int] {
        let total = sizes.reduce(0, +)
        guard count < total else { return sizes }
        var (seen, given) = (0, 0)
        return sizes.map { size in
            seen += size
            let share = seen * count / total - given
            given += share
            return share
        }
    }

    /// Asks each loop in turn; one whose loop is shut down has nothing to say.
    func onEachShard<Value: Sendable>(_ work: @escaping @Sendable (LoopShard) -> Value) async -> [Value] {
        var values: [Value] = []
        for shard in shards {
            if let value = await Self.on(shard, work) { values.append(value) }
        }
        return values
    }

    static func on<Value: Sendable>(
        _ shard: LoopShard, _ work: @escaping @Sendable (LoopShard) -> Value
    ) async -> Value? {
        // It fails only when the loop is shut down, and then the shard serves nobody.
        try? await shard.loop.submit { work(shard) }.get()
    }
}
