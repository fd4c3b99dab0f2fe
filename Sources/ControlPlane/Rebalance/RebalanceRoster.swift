import FleetModel

/// Who takes part in a rebalance, with what, and who does not, with the reason.
struct RebalanceRoster: Sendable, Equatable {
    struct Participant: Sendable, Equatable {
        let worker: WorkerID
        /// Connections, or members of the rooms that are balanced.
        let load: Int
        let freeDescriptors: Int
    }

    struct Absentee: Sendable, Equatable {
        let worker: WorkerID
        let words: SafeText
    }

    /// By name.
    private(set) var participants: [Participant] = []
    private(set) var leftOut: [Absentee] = []

    init(_ fleet: Fleet, rooms: RoomPattern?) {
        for record in fleet.ordered {
            if let words = record.unfitness {
                leftOut.append(Absentee(worker: record.id, words: words))
            } else if let sample = record.sample, let load = record.load(in: rooms) {
                participants.append(
                    Participant(
                        worker: record.id, load: load,
                        freeDescriptors: Swift.max(0, sample.maxFDs - sample.openFDs)))
            } else {
                leftOut.append(Absentee(worker: record.id, words: WorkerRecord.uncountedWords))
            }
        }
    }
}

extension WorkerRecord {
    /// Why a worker takes no part in a rebalance; nil for one that does.
    var unfitness: SafeText? {
        guard !isStale, let sample else { return say("does not answer", "no responde") }
        switch sample.state {
        case .starting: return say("is starting", "está iniciando")
        case .draining, .drained: return say("is drained", "está drenado")
        case .stopping: return say("is stopping", "se está deteniendo")
        case .active: break
        }
        if let degraded = sample.degraded { return isDegraded(SafeText(degraded)) }
        if let degradation = sample.degradation, degradation.level != .normal {
            return isDegraded(SafeText(degradation.reason))
        }
        return nil
    }

    private func isDegraded(_ reason: SafeText) -> SafeText {
        say("is degraded (\(reason))", "está degradado (\(reason))")
    }
}

extension WorkerRecord {
    /// What a rebalance counts: connections, or the members of the rooms; nil where those were not counted.
    func load(in rooms: RoomPattern?) -> Int? {
        rooms.map { tally(of: $0)?.members } ?? sample?.connections
    }

    static let uncountedWords: SafeText = "has not counted the members of these rooms"
}
