import AdminAPI
import FleetModel

/// Compares a worker's own file with the fleet's chain: whoever rewrites all of one does not have the other.
package struct AuditComparison: Sendable {
    private let shared: [String: AuditEvent]
    private let local: [String: AuditEvent]
    private let sharedOldest: UnixTime?
    private let localOldest: UnixTime?
    private let workers: Set<WorkerID>
    private let localSequences: [String: Int]
    private let sharedSequences: [String: Int]

    package init(shared: [AuditRecord], local: [AuditRecord]) {
        // A record that was sent twice, because an answer was lost, is one event.
        self.shared = Dictionary(shared.map { ($0.event.id, $0.event) }) { first, _ in first }
        self.local = Dictionary(local.map { ($0.event.id, $0.event) }) { first, _ in first }
        sharedSequences = Dictionary(shared.map { ($0.event.id, $0.sequence) }) { first, _ in first }
        localSequences = Dictionary(local.map { ($0.event.id, $0.sequence) }) { first, _ in first }
        sharedOldest = shared.map(\.event.time).min()
        localOldest = local.map(\.event.time).min()
        workers = Set(local.map(\.event.worker))
    }

    /// What is in one of the two only although both were kept at its time, or differs between them.
    package var findings: [AuditFinding] { missingHere + missingThere }

    private var missingThere: [AuditFinding] {
        local.values.sorted { $0.time < $1.time }.compactMap { event in
            let sequence = localSequences[event.id] ?? 0
            guard let twin = shared[event.id] else {
                guard let sharedOldest, event.time >= sharedOldest else { return nil }
                return AuditFinding(
                    .unmatched, at: sequence,
                    "record \(sequence) of the file (\(SafeText(event.action)), "
                        + "\(SafeText(event.time.description))) is "
                        + "not in the fleet's chain: it was removed there, or Redis was away when it was written")
            }
            guard twin != event else { return nil }
            return AuditFinding(
                .unmatched, at: sequence,
                "record \(sequence) of the file differs from record \(sharedSequences[event.id] ?? 0) of the chain")
        }
    }

    private var missingHere: [AuditFinding] {
        shared.values.sorted { $0.time < $1.time }.compactMap { event in
            guard workers.contains(event.worker), local[event.id] == nil, let localOldest, event.time >= localOldest
            else { return nil }
            let sequence = sharedSequences[event.id] ?? 0
            return AuditFinding(
                .unmatched, at: sequence,
                "record \(sequence) of the chain was written by \(event.worker) and is not in its file")
        }
    }
}
