import FleetModel
import Logging
import NIOCore

/// Keeps the registry of connections in step with a worker's clients: in batches, and through any absence of Redis.
package actor ConnectionRegistrar {
    private let registration: any ConnectionRegistration
    private let plane: DataPlane
    private let worker: WorkerID
    private let breakers: BreakerBoard
    private let logger: Logger
    private var book = RegistryBook()
    private var refreshDue = ContinuousClock.now
    private var sweepDue = ContinuousClock.now
    /// Before the first sweep nobody is added: the sweep takes out what this worker's former life left.
    private var isSwept = false

    /// How long an entry may be missing, or outlive its client, while all is well.
    private static let flushInterval: Duration = .milliseconds(200)
    private static let sweepInterval: Duration = .seconds(10)
    /// How long the start waits for Redis; without it the worker serves, and sweeps later.
    private static let startPatience: Duration = .milliseconds(500)
    private static let startRetry: Duration = .milliseconds(100)

    package init(
        registration: any ConnectionRegistration, plane: DataPlane, worker: WorkerID, breakers: BreakerBoard,
        logger: Logger
    ) {
        self.registration = registration
        self.plane = plane
        self.worker = worker
        self.breakers = breakers
        self.logger = logger
    }

    /// To be called before the worker serves.
    package func prepare() async {
        await plane.startNoting()
        let end = ContinuousClock.now + Self.startPatience
        while !isSwept, ContinuousClock.now < end {
            do {
                try await sweep()
            } catch {
                // Redis is not reached yet, which is no failure of a call that worked before: the breaker is not told.
                guard (try? await Task.sleep(for: Self.startRetry)) != nil else { return }
            }
        }
    }

    /// Runs until cancelled, and takes all entries out then.
    package func run() async {
        while !Task.isCancelled {
            await turn()
            // Cancellation ends the loop.
            try? await Task.sleep(for: Self.flushInterval)
        }
        await leave()
    }
}

extension ConnectionRegistrar {
    private func turn() async {
        await takeNotes()
        do {
            if !isSwept || ContinuousClock.now >= sweepDue { try await guarded { try await self.sweep() } }
            try await flush()
            if ContinuousClock.now >= refreshDue { try await refresh() }
        } catch {
            // Whatever is not told yet stays in the book; the breaker says when to try again.
            logger.debug("the registry of connections was not reached", metadata: ["error": "\(error)"])
        }
    }

    private func takeNotes() async {
        let now = NIODeadline.now()
        for notes in await plane.takeNotes() {
            for end in book.take(notes) { plane.recordCleanup(Duration(now - end)) }
            if notes.isIncomplete { book.replace(with: await plane.registrable(), at: now) }
        }
    }

    private func flush() async throws {
        while case let additions = book.additions, !additions.isEmpty {
            try await guarded { try await self.registration.add(additions, of: self.worker) }
            book.added(additions)
        }
        while case let removals = book.removals, !removals.isEmpty {
            try await guarded { try await self.registration.remove(removals.map(\.connection), of: self.worker) }
            book.removed(removals.count)
            let now = NIODeadline.now()
            for removal in removals { plane.recordCleanup(Duration(now - removal.at)) }
        }
    }

    private func refresh() async throws {
        for batch in book.batches {
            try await guarded { try await self.registration.refresh(batch, of: self.worker) }
        }
        refreshDue = .now + RegisteredConnection.lifetime / 3
    }

    private func sweep() async throws {
        let count = try await registration.sweep(worker)
        isSwept = true
        sweepDue = .now + Self.sweepInterval
        guard count > 0 else { return }
        logger.notice("took out connections that dead workers left", metadata: ["connections": "\(count)"])
    }

    /// Takes out everyone, once: what Redis does not hear lapses by itself.
    private func leave() async {
        await takeNotes()
        book.replace(with: [:], at: .now())
        do {
            try await flush()
        } catch {
            logger.debug("entries of connections are left to lapse", metadata: ["error": "\(error)"])
        }
    }

    private func guarded(_ call: () async throws -> Void) async throws {
        guard breakers.permits(.registry) else { throw RegistryRefused() }
        do {
            try await call()
            breakers.succeeded(.registry)
        } catch {
            breakers.failed(.registry, reason: "\(error)")
            book.doubt()
            throw error
        }
    }
}

/// The breaker lets no call pass for now.
private struct RegistryRefused: Error, CustomStringConvertible {
    var description: String { "the circuit breaker of the registry is open" }
}
