/// Messages of one class that one worker drops for one reason, a second.
package struct DropRate: Sendable, Equatable {
    package let criticality: Criticality
    package let reason: DropReason
    package let perSecond: Double

    /// What was dropped between two samples of one worker, most first.
    static func between(_ earlier: WorkerSample, and later: WorkerSample) -> [DropRate] {
        let seconds = earlier.time.duration(to: later.time).inSeconds
        guard earlier.startedAt == later.startedAt, seconds > 0, earlier.drops != later.drops else { return [] }
        return later.drops.compactMap { drop in
            let before = earlier.drops.first { $0.criticality == drop.criticality && $0.reason == drop.reason }
            guard drop.count > before?.count ?? 0 else { return nil }
            let dropped = drop.count - (before?.count ?? 0)
            return DropRate(
                criticality: drop.criticality, reason: drop.reason, perSecond: Double(dropped) / seconds)
        }.sorted { $0.perSecond > $1.perSecond }
    }
}
