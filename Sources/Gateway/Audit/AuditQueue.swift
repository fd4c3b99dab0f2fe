import AdminAPI
import DequeModule
import Logging

/// Brings a worker's events into the shared chain, in their order, and again until each is there.
actor AuditQueue {
    private struct Item {
        var event: AuditEvent
        /// Waits for the event to be in the chain, and gives up when it cannot be.
        var waiter: CheckedContinuation<Void, any Error>?
    }

    private let shared: any SharedAudit
    private let logger: Logger
    private var items: Deque<Item> = []
    private var head = AuditHead.genesis
    private var isOpen = true
    private let (bells, bell) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Hours without Redis of an operator who never rests; the file has them all.
    static let bound = 10_000
    /// Each conflict means that another worker was faster: as many as a fleet has workers, with room to spare.
    private static let mostTries = 512
    private static let retryInterval: Duration = .seconds(1)
    /// Whoever waits for a record is patient while a connection is made, not while Redis is away.
    private static let patience = 3
    private static let pause: Duration = .milliseconds(100)

    init(_ shared: any SharedAudit, logger: Logger) {
        self.shared = shared
        self.logger = logger
    }

    var count: Int { items.count }

    /// Hands an event over, to be in the chain when Redis takes it.
    func add(_ event: AuditEvent) {
        enter(Item(event: event, waiter: nil))
    }

    /// Returns when the event is in the chain.
    /// - Throws: when it cannot be brought there at the moment; it may be there all the same where an answer was lost.
    func write(_ event: AuditEvent) async throws {
        guard isOpen else { throw CancellationError() }
        try await withCheckedThrowingContinuation { enter(Item(event: event, waiter: $0)) }
    }

    /// Runs until cancelled; what is left then is tried once more.
    func run() async {
        for await _ in bells {
            while !(await emptied()) {
                // Cancellation ends the loop, by ending the bells.
                guard (try? await Task.sleep(for: Self.retryInterval)) != nil else { break }
            }
        }
        isOpen = false
        _ = await emptied()
        refuseWaiters(CancellationError())
    }

    private func enter(_ item: Item) {
        if items.count >= Self.bound {
            // The first may be on its way.
            let lost = items.remove(at: 1)
            lost.waiter?.resume(throwing: AuditQueueFull())
            logger.error("an audit record is in this worker's file only", metadata: ["id": "\(lost.event.id)"])
        }
        items.append(item)
        bell.yield()
    }

    /// - Returns: false where something is left because Redis did not take it.
    private func emptied() async -> Bool {
        var failures = 0
        while let item = items.first {
            do {
                try await chain(item.event)
                items.removeFirst().waiter?.resume()
                failures = 0
            } catch {
                failures += 1
                // Cancellation ends the wait.
                if failures < Self.patience, (try? await Task.sleep(for: Self.pause)) != nil { continue }
                logger.debug("the audit chain was not reached", metadata: ["error": "\(error)"])
                refuseWaiters(error)
                return items.isEmpty
            }
        }
        return true
    }

    private func chain(_ event: AuditEvent) async throws {
        for _ in 0..<Self.mostTries {
            let answer = try await shared.append(AuditRecord(event, after: head))
            if answer.head.sequence < head.sequence {
                logger.error(
                    "the audit chain in Redis is shorter than it was: gadtop audit verify tells what is missing",
                    metadata: ["before": "\(head.sequence)", "now": "\(answer.head.sequence)"])
            }
            head = answer.head
            if answer.appended { return }
        }
        throw AuditQueueFull()
    }

    private func refuseWaiters(_ error: any Error) {
        items = Deque(
            items.filter { item in
                item.waiter?.resume(throwing: error)
                return item.waiter == nil
            })
    }
}

/// More is written to the audit than it takes.
private struct AuditQueueFull: Error, CustomStringConvertible {
    var description: String { "more is written to the audit chain than it takes" }
}
