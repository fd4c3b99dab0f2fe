/// What changed between two samples of one worker, for each second or minute.
package struct WorkerRates: Sendable, Equatable {
    package var messagesInPerSecond = 0.0
    package var messagesOutPerSecond = 0.0
    package var errorsPerSecond = 0.0
    package var droppedPerSecond = 0.0
    package var connectsPerSecond = 0.0
    /// Of the connects, those of clients that had been here before.
    package var reconnectsPerSecond = 0.0
    package var closesPerSecond = 0.0
    package var plannedClosesPerSecond = 0.0
    /// Part of one core, 1 for a whole one.
    package var cpu = 0.0

    package init() {}

    /// - Returns: nil when the samples are of different lives of the worker or not apart in time.
    package init?(from earlier: WorkerSample, to later: WorkerSample) {
        let seconds = earlier.time.duration(to: later.time).inSeconds
        guard earlier.startedAt == later.startedAt, seconds > 0 else { return nil }
        func rate(_ before: UInt64, _ after: UInt64) -> Double {
            after >= before ? Double(after - before) / seconds : 0
        }
        messagesInPerSecond = rate(earlier.messagesIn.total, later.messagesIn.total)
        messagesOutPerSecond = rate(earlier.messagesOut.total, later.messagesOut.total)
        errorsPerSecond = rate(earlier.errorsTotal, later.errorsTotal)
        droppedPerSecond = rate(earlier.dropped.total, later.dropped.total)
        connectsPerSecond = rate(earlier.connectionsTotal, later.connectionsTotal)
        reconnectsPerSecond = rate(earlier.reconnectsTotal, later.reconnectsTotal)
        closesPerSecond = rate(earlier.closedTotal, later.closedTotal)
        plannedClosesPerSecond = rate(earlier.plannedClosesTotal, later.plannedClosesTotal)
        cpu = (later.cpu - earlier.cpu).inSeconds / seconds
    }

    package static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.messagesInPerSecond += right.messagesInPerSecond
        sum.messagesOutPerSecond += right.messagesOutPerSecond
        sum.errorsPerSecond += right.errorsPerSecond
        sum.droppedPerSecond += right.droppedPerSecond
        sum.connectsPerSecond += right.connectsPerSecond
        sum.reconnectsPerSecond += right.reconnectsPerSecond
        sum.closesPerSecond += right.closesPerSecond
        sum.plannedClosesPerSecond += right.plannedClosesPerSecond
        sum.cpu += right.cpu
        return sum
    }
}

extension WorkerSample {
    /// Everything that went wrong and that an operator would call an error.
    package var errorsTotal: UInt64 {
        sendErrorsTotal + authFailuresTotal + protocolErrorsTotal + heartbeatTimeoutsTotal
    }
}
