import FleetModel
import NIOCore
import WebSocket

/// A place in the timing wheel: a slot may have been given to another connection since, which its tick tells.
struct WheelEntry {
    var slot: Int32
    var tick: UInt64
}

/// The worst delay of a loop since each of its readers asked last.
struct Lag {
    var reported = TimeAmount.zero
    var pressure = TimeAmount.zero

    mutating func note(_ lag: TimeAmount) {
        reported = max(reported, lag)
        pressure = max(pressure, lag)
    }
}

extension LoopShard {
    /// How exactly deadlines are kept, and how often the loop's lag is measured.
    private static let tickInterval = TimeAmount.milliseconds(100)

    func startTicking() {
        lastTick = .now()
        ticking = loop.scheduleRepeatedTask(
            initialDelay: Self.tickInterval, delay: Self.tickInterval
        ) { [self] _ in
            advance(to: .now())
        }
    }

    func stopTicking() {
        ticking?.cancel()
        ticking = nil
    }

    /// The worst delay of the loop since the call before with the same path: each reader has its own.
    func takeLag(_ reader: WritableKeyPath<Lag, TimeAmount>) -> Duration {
        defer { worstLag[keyPath: reader] = .zero }
        return Duration(max(worstLag[keyPath: reader], NIODeadline.now() - lastTick - Self.tickInterval))
    }

    /// Begins to look after a connection's heartbeat.
    func watch(_ connection: Connection) {
        scheduleCheck(connection, at: connection.liveness.lastHeard + heartbeat.interval)
    }

    /// Gives the peer a bounded time to answer our close frame.
    func awaitClose(of connection: Connection) {
        schedule(connection, at: .now() + TimeAmount(configuration.closeTimeout))
    }

    func advance(to now: NIODeadline) {
        worstLag.note(now - lastTick - Self.tickInterval)
        lastTick = now
        for entry in wheel.advance(to: tick(at: now)) {
            guard let connection = connections[Int(entry.slot)], connection.wheelTick == entry.tick else { continue }
            check(connection, at: now)
        }
        expireConfirmations(at: now)
    }

    private var heartbeat: HeartbeatPolicy {
        HeartbeatPolicy(
            interval: TimeAmount(policy.classes.bestEffort.heartbeatInterval),
            timeout: TimeAmount(policy.classes.bestEffort.heartbeatTimeout))
    }

    private func check(_ connection: Connection, at now: NIODeadline) {
        switch connection.phase {
        case .closed: break
        case .closing: connection.cut()
        case .opening, .open: checkHeartbeat(connection, at: now)
        }
    }

    private func checkHeartbeat(_ connection: Connection, at now: NIODeadline) {
        if isExpired(connection.identity) {
            return connection.close(.expired, reason: "the token expired; connect again with a fresh one")
        }
        switch connection.checkLiveness(at: now, heartbeat) {
        case .wait(let until): scheduleCheck(connection, at: until)
        case .ping(let until):
            connection.reply(Self.ping)
            scheduleCheck(connection, at: until)
        case .close(let code):
            if code == .noPong { counters.heartbeatTimeouts += 1 }
            connection.close(code, reason: code == .slow ? "messages are not taken" : "no answer to a ping")
        }
    }

    private static let ping = FrameEncoder.frame(.ping, ByteBuffer())

    private func isExpired(_ identity: Identity) -> Bool {
        timeLeft(identity).map { $0 <= .zero } ?? false
    }

    /// Until the token's end and its grace are over; nil for a token without an end.
    private func timeLeft(_ identity: Identity) -> Duration? {
        identity.expiresAt.map { wallClock().duration(to: $0.advanced(by: policy.limits.expiryGrace)) }
    }

    /// Looks at a connection when its heartbeat is due, or earlier when its token ends.
    private func scheduleCheck(_ connection: Connection, at heartbeat: NIODeadline) {
        let end = timeLeft(connection.identity).map { NIODeadline.now() + TimeAmount(min($0, .seconds(86_400))) }
        schedule(connection, at: min(heartbeat, end ?? heartbeat))
    }

    private func schedule(_ connection: Connection, at deadline: NIODeadline) {
        // The tick after the deadline, so that a deadline is past when it is looked at.
        let due = max(tick(at: deadline), wheel.now) + 1
        connection.wheelTick = due
        wheel.schedule(WheelEntry(slot: connection.slot, tick: due), at: due)
    }

    private func tick(at time: NIODeadline) -> UInt64 {
        UInt64(max(0, (time - wheelStart).nanoseconds) / Self.tickInterval.nanoseconds)
    }
}
