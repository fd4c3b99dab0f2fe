import AdminAPI
import FleetModel

/// An act that was asked for and of which nothing has been heard.
package struct PendingAct: Sendable, Equatable {
    package let id: ActID
    package let words: SafeText
    let sentAt: UnixTime
}

/// Something that went wrong; it stays until the operator dismisses it.
package struct Failure: Sendable, Equatable {
    let time: UnixTime
    package let words: SafeText
}

/// What was asked for from this console: what is still open, what it leads, and what failed.
package struct ActBook: Sendable {
    package private(set) var pending: [PendingAct] = []
    /// Newest first.
    package private(set) var failed: [Failure] = []
    /// Operations that this console leads, by their ids.
    package private(set) var led: [ActID: String] = [:]
    /// Where reports of drills were kept, by the ids of their operations.
    package private(set) var reports: [String: SafeText] = [:]
    private var nextID = 1

    /// More errors than this at once are one trouble, not many.
    static let maximumFailed = 8
    /// Answers that never come must not pile up; whoever performs acts answers each sooner or later.
    static let maximumPending = 64
    /// As many as there are operations to show.
    static let maximumReports = OperationBoard.maximumRecords

    /// Acts that were begun, ever.
    var count: Int { nextID - 1 }

    mutating func begin(_ words: SafeText, at now: UnixTime) -> ActID {
        let id = ActID(nextID)
        nextID += 1
        pending.append(PendingAct(id: id, words: words, sentAt: now))
        if pending.count > Self.maximumPending { pending.removeFirst() }
        return id
    }

    mutating func leads(_ operation: String, by id: ActID) {
        pending.removeAll { $0.id == id }
        led[id] = operation
    }

    mutating func keep(report path: SafeText, of operation: String) {
        if reports.count >= Self.maximumReports, let oldest = reports.keys.min() { reports[oldest] = nil }
        reports[operation] = path
    }

    func isOfThisConsole(_ operation: String) -> Bool { led.values.contains(operation) }

    /// - Returns: the act, unless it has been led and is told of by its operation.
    mutating func end(_ id: ActID) -> PendingAct? {
        led[id] = nil
        guard let index = pending.firstIndex(where: { $0.id == id }) else { return nil }
        return pending.remove(at: index)
    }

    mutating func fail(_ words: SafeText, at now: UnixTime) {
        failed.insert(Failure(time: now, words: words), at: 0)
        if failed.count > Self.maximumFailed { failed.removeLast() }
    }

    mutating func dismissFailure() {
        if !failed.isEmpty { failed.removeFirst() }
    }
}
