import AdminAPI
import FleetModel

/// A command that was sent and has not been answered.
package struct PendingCommand: Sendable, Equatable {
    package let id: CommandID
    package let worker: WorkerID
    package let command: WorkerCommand
    let sentAt: UnixTime

    var verb: SafeText {
        switch command {
        case .drain: "drain"
        case .undrain: "undrain"
        case .shed: "shed"
        case .stopShedding: "stop shedding"
        case .probe: "probe"
        case .failover: "failover"
        case .noteDrill: "drill"
        }
    }
}

/// A command that failed; it stays until the operator dismisses it.
package struct FailedCommand: Sendable, Equatable {
    let time: UnixTime
    package let worker: WorkerID
    package let words: SafeText
}

/// What was asked of workers from this console: what is still open, and what failed.
package struct CommandBook: Sendable {
    package private(set) var pending: [PendingCommand] = []
    /// Newest first.
    package private(set) var failed: [FailedCommand] = []
    private var nextID = 1

    /// More errors than this at once are one trouble, not many.
    static let maximumFailed = 8
    /// Answers that never come must not pile up; the reader of the fleet answers every command sooner or later.
    static let maximumPending = 64

    mutating func send(_ command: WorkerCommand, to worker: WorkerID, at now: UnixTime) -> CommandID {
        let id = CommandID(nextID)
        nextID += 1
        pending.append(PendingCommand(id: id, worker: worker, command: command, sentAt: now))
        if pending.count > Self.maximumPending { pending.removeFirst() }
        return id
    }

    mutating func answer(_ id: CommandID) -> PendingCommand? {
        guard let index = pending.firstIndex(where: { $0.id == id }) else { return nil }
        return pending.remove(at: index)
    }

    mutating func fail(_ failure: FailedCommand) {
        failed.insert(failure, at: 0)
        if failed.count > Self.maximumFailed { failed.removeLast() }
    }

    mutating func dismissFailure() {
        if !failed.isEmpty { failed.removeFirst() }
    }
}
