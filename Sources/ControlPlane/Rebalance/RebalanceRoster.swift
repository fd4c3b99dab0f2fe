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
        guard !isStale, let sample else { return "does not answer" }
        switch sample.state {
        case .starting: return "is starting"
        case .draining, .drained: return "is drained"
        case .stopping: return "is stopping"
        case .active: break
        }
        if let degraded = sample.degraded { return "is degraded (" + SafeText(degraded) + ")" }
        if let degradation = sample.degradation, degradation.level != .normal {
            return "is degraded (" + SafeText(degradation.reason) + ")"
        }
        return nil
    }
}

extension WorkerRecord {
    /// What a rebalance counts: connections, or the members of the rooms; nil where those were not counted.
    func load(in rooms: RoomPattern?) -> Int? {
        rooms.map { tally(of: $0)?.members } ?? sample?.connections
    }

    static let uncountedWords: SafeText = "has not counted the members of these rooms"
}
