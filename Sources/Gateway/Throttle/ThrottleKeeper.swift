import AdminAPI
import FleetModel
import Logging
import NIOCore

/// Has a worker keep to the throttles of its fleet: asks for them every second, and at once where one is set here.
///
/// While Redis is away those known last hold until they end.
package struct ThrottleKeeper: Sendable {
    let store: any ThrottleStore
    let target: any ThrottleTarget
    let logger: Logger

    /// So long a throttle may take to hold everywhere.
    private static let interval: Duration = .seconds(1)

    package init(store: any ThrottleStore, target: any ThrottleTarget, logger: Logger) {
        self.store = store
        self.target = target
        self.logger = logger
    }

    /// Runs until cancelled.
    package func run() async {
        while !Task.isCancelled {
            do {
                try await look()
            } catch {
                logger.debug("the throttles were not reached", metadata: ["error": "\(error)"])
            }
            // Cancellation ends the loop.
            try? await Task.sleep(for: Self.interval)
        }
    }

    func set(_ rule: ThrottleRule, lasting: Duration) async throws {
        try await reached { try await store.set(rule, lasting: lasting) }
        try await reached(look)
    }

    /// - Throws: `AdminError.notFound` where there is none.
    func clear(_ pattern: RoomPattern) async throws {
        guard try await reached({ try await store.clear(pattern) }) else {
            throw AdminError(.notFound, "there is no throttle \(SafeText(pattern)); see: gadtop throttle list")
        }
        try await reached(look)
    }

    /// Asks once, and keeps to the answer.
    func look() async throws {
        let stored = try await store.throttles()
        await target.keep(to: stored)
    }

    /// Names what keeps Redis from answering in the words of the admin API.
    private func reached<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as AdminError {
            throw error
        } catch {
            throw AdminError(.unavailable, "the fleet's throttles in Redis cannot be reached: \(error)")
        }
    }
}

/// What keeps to throttles.
package protocol ThrottleTarget: Sendable {
    func keep(to stored: StoredThrottles) async
    /// What it holds to, and what it did for that.
    func throttles() async -> (items: [ThrottleList.Item], workers: Int)
}

extension DataPlane: ThrottleTarget {
    package func keep(to stored: StoredThrottles) async {
        // It fails only when the loop is shut down, and then there is nothing to hold.
        try? await exchange.loop.submit { [exchange] in
            exchange.throttles.apply(stored.held, workers: stored.workers, at: .now())
        }.get()
    }

    package func throttles() async -> (items: [ThrottleList.Item], workers: Int) {
        let answer = exchange.loop.submit { [exchange] in
            (items: exchange.throttles.items(at: .now()), workers: exchange.throttles.workers)
        }
        // It fails only when the loop is shut down.
        return (try? await answer.get()) ?? ([], 1)
    }
}
