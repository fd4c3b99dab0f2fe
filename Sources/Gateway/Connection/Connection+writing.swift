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
        put(frame)
        if !isReading { context?.flush() }
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

    /// Hands a frame to the channel, which writes it with its next flush.
    func put(_ frame: ByteBuffer) {
        socket?.channelWasWrittenTo()
        context?.write(wrapOutboundOut(frame), promise: nil)
    }

    /// Writes what the tick gathered: to the socket itself as far as that takes it, through the channel the rest.
    func writeOut(_ frames: ByteBuffer) {
        guard context != nil else { return }
        let rest = socket?.write(frames, waiting: { bufferedBytes }) ?? frames
        guard rest.readableBytes > 0 else { return }
        isWriting = true
        put(rest)
        context?.flush()
        isWriting = false
    }
}
