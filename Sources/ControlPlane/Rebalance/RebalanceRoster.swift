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
            } else if let sample = record.sample {
                participants.append(
                    Participant(
                        worker: record.id, load: sample.load(in: rooms),
                        freeDescriptors: Swift.max(0, sample.maxFDs - sample.openFDs)))
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

extension WorkerSample {
    /// What a rebalance counts: connections, or the members of the rooms as far as they are among the largest.
    func load(in rooms: RoomPattern?) -> Int {
        guard let rooms else { return connections }
        return topRooms.filter { rooms.matches($0.room) }.reduce(0) { $0 + $1.connections }
    }
}
