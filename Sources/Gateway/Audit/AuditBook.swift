import AdminAPI
import FleetModel
import Logging
import NIOCore
import Synchronization

/// A worker's audit: its own file first, which always can tell, then the chain that all workers share.
package final class AuditBook: AuditTrail {
    private let worker: WorkerID
    private let now: @Sendable () -> UnixTime
    private let file: AuditFile
    private let queue: AuditQueue
    private let shared: any SharedAudit
    private let logger: Logger
    private let denials = Mutex(DenialBudget())

    /// Longer texts are cut: a record is read by people.
    private static let longestText = 500

    /// - Parameter directory: of the worker's file; made where it is missing.
    init(
        worker: WorkerID, directory: String, shared: any SharedAudit, logger: Logger,
        now: @escaping @Sendable () -> UnixTime = WallClock.now
    ) {
        self.worker = worker
        self.now = now
        self.shared = shared
        self.logger = logger
        file = AuditFile(directory: directory, name: worker.rawValue)
        queue = AuditQueue(shared, logger: logger)
    }

    /// Brings what is written into the shared chain, until cancelled.
    func run() async { await queue.run() }

    func begin(_ mutation: Mutation, by asker: Asker, operation: String?) async throws -> AuditEntry {
        let event = event(.before, mutation, asker, operation)
        try await keep(event, for: mutation)
        switch mutation.place {
        case .restoring: await queue.add(event)
        case .disruptive, .single: try await share(event, for: mutation)
        }
        return AuditEntry(event: event)
    }

    func end(_ entry: AuditEntry, outcome: String, after: String?) async {
        var event = entry.event
        event.begun = entry.event.id
        (event.id, event.time, event.kind) = (RandomID().description, now(), .outcome)
        (event.outcome, event.after) = (Self.clean(outcome), after.map(Self.clean))
        await record(event)
    }

    func denied(_ mutation: Mutation, by asker: Asker, because words: String) async {
        guard let leftOut = denials.withLock({ $0.take(asker.name, at: .now()) }) else { return }
        var event = event(.denied, mutation, asker, nil)
        event.outcome = Self.clean(leftOut == 0 ? words : "\(words) (\(leftOut) more denials were not written down)")
        await record(event)
    }

    func page(before bound: Int?, limit: Int) async throws -> AuditPage {
        let (head, entries): (AuditHead, [SharedAuditEntry])
        do {
            (head, entries) = try await shared.read(before: bound, limit: limit)
        } catch {
            throw AdminError(.unavailable, "the audit chain cannot be read: \(error)")
        }
        let (sequence, fault) = await file.state()
        return AuditPage(
            worker: worker, items: entries.compactMap(\.record), head: head,
            unreadable: entries.filter { $0.record == nil }.map { SafeText($0.id).text },
            nextCursor: entries.count == limit ? entries.last.flatMap { $0.sequence.map(String.init) } : nil,
            trail: AuditTrailState(file: file.path, sequence: sequence, fault: fault, waiting: await queue.count))
    }
}

extension AuditBook {
    private func keep(_ event: AuditEvent, for mutation: Mutation) async throws {
        do {
            try await file.append(event)
        } catch {
            throw AdminError(
                .auditUnavailable,
                "\(mutation.action) is refused, for it could not be written down: \(error); mend that, and try again")
        }
    }

    private func share(_ event: AuditEvent, for mutation: Mutation) async throws {
        do {
            try await queue.write(event)
        } catch {
            await end(AuditEntry(event: event), outcome: "refused: the shared audit was not reached", after: nil)
            throw AdminError(
                .auditUnavailable,
                "\(mutation.action) is refused, for it could not be written to the audit in Redis: \(error); "
                    + "try again when Redis is back")
        }
    }

    /// Writes down what has happened already.
    private func record(_ event: AuditEvent) async {
        do {
            try await file.append(event)
        } catch {
            logger.error("the audit file was not written", metadata: ["id": "\(event.id)", "error": "\(error)"])
        }
        await queue.add(event)
    }

    private func event(
        _ kind: AuditEvent.Kind, _ mutation: Mutation, _ asker: Asker, _ operation: String?
    ) -> AuditEvent {
        var event = AuditEvent(
            id: RandomID().description, time: now(), kind: kind, worker: worker, identity: Self.clean(asker.name),
            origin: Self.clean(asker.origin), role: asker.role, action: Self.clean(mutation.action),
            target: Self.clean(mutation.target))
        event.reason = mutation.reason.map(Self.clean)
        event.planHash = mutation.planHash.map(Self.clean)
        event.operation = operation.map(Self.clean)
        event.before = Self.clean(mutation.before)
        return event
    }

    private static func clean(_ text: String) -> String { SafeText(text).prefix(longestText).text }
}

extension SharedAuditEntry {
    fileprivate var sequence: Int? { id.split(separator: "-").first.flatMap { Int($0) } }
}
