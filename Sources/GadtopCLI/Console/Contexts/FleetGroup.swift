import AdminAPI
import Console
import FleetModel

/// The links to all fleets that the console looks at, heard as one: what comes from one of several names its workers
/// with their context. None waits for another.
@MainActor
final class FleetGroup {
    private let members: [Member]
    private var failures: [String: String] = [:]

    private struct Member {
        /// nil where there is one only, whose workers keep their names.
        let context: String?
        let connection: FleetConnection
    }

    init(_ fleet: ConsoleFleet) throws {
        let isAlone = fleet.members.count == 1
        members = try fleet.members.map {
            Member(context: isAlone ? nil : $0.context, connection: try FleetConnection($0.source))
        }
    }

    /// Readable while there is news; for `poll`.
    var readinessDescriptors: [Int32] { members.map(\.connection.readinessDescriptor) }

    func takeEvents() -> [FleetEvent] {
        members.flatMap { member in
            let events = member.connection.takeEvents()
            guard let context = member.context else { return events }
            return events.compactMap { qualified($0, by: context) }
        }
    }

    /// Of the control plane of the one fleet; with several the console asks nothing of it.
    func ask(_ question: ControlQuestion, of worker: WorkerID) {
        guard members.count == 1 else { return }
        members[0].connection.ask(question, of: worker)
    }

    func close() {
        for member in members { member.connection.close() }
    }

    /// That one context can be looked up again does not mean that all can.
    private func qualified(_ event: FleetEvent, by context: String) -> FleetEvent? {
        guard case .lookup(let failure) = event else { return event.qualified(by: context) }
        failures[context] = failure
        let words = failures.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return .lookup(failure: words.isEmpty ? nil : words.joined(separator: "; "))
    }
}

extension FleetEvent {
    /// - Returns: nil for what makes no sense among several contexts.
    func qualified(by context: String) -> FleetEvent? {
        switch self {
        case .appeared(let worker): return .appeared(worker.qualified(by: context))
        case .vanished(let worker): return .vanished(worker.qualified(by: context))
        case .lost(let worker, let reason): return .lost(worker.qualified(by: context), reason: reason)
        case .sample(let shared):
            var sample = shared.value
            sample.worker = sample.worker.qualified(by: context)
            return .sample(SharedSample(sample))
        case .lookup, .control: return nil
        }
    }
}
