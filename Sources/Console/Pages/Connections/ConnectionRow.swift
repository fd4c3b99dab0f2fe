import AdminAPI
import FleetModel

/// A connection as its worker last told of it.
struct ConnectionRow: Sendable {
    let worker: WorkerID
    let info: ConnectionInfo
    /// When the worker told, by its own clock.
    let toldAt: UnixTime

    /// No two workers have the same, whatever they say.
    var id: String { "\(worker.rawValue)/\(info.connectionID)" }

    var age: Duration { info.connectedAt.duration(to: toldAt) }
    /// Since the worker heard of the client.
    var silence: Duration { info.lastHeardAt.duration(to: toldAt) }

    /// By what workers order their lists, the least first.
    func place(_ order: ConnectionQuery.Order) -> Int64 {
        switch order {
        // Ids come in no order that the operator could mean.
        case .id: 0
        case .connected: info.connectedAt.microseconds
        case .queue: -max(0, info.queueBytes.bytes)
        case .heard: info.lastHeardAt.microseconds
        }
    }

    var heartbeat: Heartbeat { Heartbeat(info.heartbeat, at: toldAt) }

    /// How the client's heartbeat stands, worst first.
    enum Heartbeat: Sendable, Equatable {
        /// It takes less than it is sent.
        case stalled(Duration)
        /// Pinged, and not answered yet.
        case pinged(Duration)
        /// Looked at again in so long.
        case due(Duration)
        case leaving

        init(_ heartbeat: ConnectionHeartbeat, at now: UnixTime) {
            if let since = heartbeat.stalledSince {
                self = .stalled(since.duration(to: now))
            } else if let at = heartbeat.pingedAt {
                self = .pinged(at.duration(to: now))
            } else if let at = heartbeat.dueAt {
                self = .due(now.duration(to: at))
            } else {
                self = .leaving
            }
        }

        /// What waits longest for its client first.
        var rank: Double {
            switch self {
            case .stalled(let time): 2e9 + time.inSeconds
            case .pinged(let time): 1e9 + time.inSeconds
            case .due(let time): -time.inSeconds
            case .leaving: -1e9
            }
        }
    }
}
