import NIOCore

extension Connection {
    /// Bytes that wait in the channel.
    var bufferedBytes: Int {
        // A closed channel has no options, and nothing waits in it.
        (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Bytes that wait in the channel and outside it.
    var waitingBytes: Int { bufferedBytes + (backlog?.backlog.bytes ?? 0) }

    /// Writes an answer; within a read it leaves with the others at the read's end.
    func reply(_ frame: ByteBuffer) {
        guard let context else { return }
        context.write(wrapOutboundOut(frame), promise: nil)
        if !isReading { context.flush() }
        if isStalled, phase == .open { setPaused(true) }
    }

    /// Writes what waits, ahead of a close frame: nothing may follow that.
    func flushWaiting() {
        shard.flushPending(of: self)
        writeBacklog()
    }

    func checkLiveness(at now: NIODeadline, _ policy: HeartbeatPolicy) -> Liveness.Action {
        liveness.check(at: now, policy, waiting: isStalled ? bufferedBytes : 0)
    }

    /// Writes what the tick gathered.
    func writeOut(_ frames: ByteBuffer) {
        isWriting = true
        context?.writeAndFlush(wrapOutboundOut(frames), promise: nil)
        isWriting = false
    }
}
