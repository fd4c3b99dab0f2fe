import AdminAPI
import FleetModel
import NIOCore
import WebSocket

/// A place in the timing wheel: a slot may have been given to another connection since, which its tick tells.
struct WheelEntry {
    var slot: Int32
    var tick: UInt64
}

extension LoopShard {
    /// How exactly deadlines are kept, and how often the loop's lag is measured.
    static let tickInterval = TimeAmount.milliseconds(100)

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
        pulse.stop()
    }

    /// The worst delay of the loop since the call before.
    func takeLag() -> Duration {
        defer { worstLag = .zero }
        return Duration(max(worstLag, NIODeadline.now() - lastTick - Self.tickInterval))
    }

    /// Begins to look after a connection's heartbeat.
    func watch(_ connection: Connection) {
        scheduleCheck(connection, at: connection.liveness.lastHeard + heartbeat(of: connection).interval)
    }

    /// Looks at a connection at the next tick: something decides on it that its next check was not planned for.
    func checkSoon(_ connection: Connection) {
        guard connection.isOpen, connection.wheelTick > wheel.now + 1 else { return }
        schedule(connection, at: lastTick)
    }

    /// The most critical room decides how a client is looked after.
    func roomsChanged(_ connection: Connection) {
        let before = heartbeat(of: connection).interval
        updateClass(of: connection)
        if heartbeat(of: connection).interval < before { checkSoon(connection) }
    }

    /// Gives the peer a bounded time to answer our close frame.
    func awaitClose(of connection: Connection) {
        schedule(connection, at: .now() + TimeAmount(configuration.closeTimeout))
    }

    func advance(to now: NIODeadline) {
        pulse.beat(at: now)
        worstLag = max(worstLag, now - lastTick - Self.tickInterval)
        lastTick = now
        for entry in wheel.advance(to: tick(at: now)) {
            guard let connection = connections[Int(entry.slot)], connection.wheelTick == entry.tick else { continue }
            check(connection, at: now)
        }
        expireConfirmations(at: now)
    }

    /// How a client's heartbeat stands, in the time of people.
    func heartbeatReport(of connection: Connection, _ steady: NIODeadline, _ wall: UnixTime) -> ConnectionHeartbeat {
        let liveness = connection.liveness
        let moment = { (deadline: NIODeadline) in wall.advanced(by: Duration(deadline - steady)) }
        return ConnectionHeartbeat(
            dueAt: connection.isOpen ? moment(liveness.due(heartbeat(of: connection))) : nil,
            pingedAt: liveness.pingedAt.map(moment), stalledSince: liveness.stalledSince.map(moment))
    }

    private func heartbeat(of connection: Connection) -> HeartbeatPolicy {
        let policy = policy.classes[connection.heartbeatClass]
        return HeartbeatPolicy(
            interval: TimeAmount(policy.heartbeatInterval), timeout: TimeAmount(policy.heartbeatTimeout))
    }

    private func updateClass(of connection: Connection) {
        connection.heartbeatClass =
            connection.memberships.lazy.compactMap(\.group.room).map(policy.rules.criticality).min() ?? .bestEffort
    }

    private func check(_ connection: Connection, at now: NIODeadline) {
        switch connection.phase {
        case .closed: break
        case .closing: connection.cut()
        case .opening, .open: checkHeartbeat(connection, at: now)
        }
    }

    private func checkHeartbeat(_ connection: Connection, at now: NIODeadline) {
        if isPastGrace(connection.identity) {
            return connection.close(.expired, reason: "the token expired; connect again with a fresh one")
        }
        tellOfExpiry(connection)
        // A write that fails ends the connection at once.
        guard connection.isOpen else { return }
        // The rules may be others than when it joined.
        updateClass(of: connection)
        switch connection.checkLiveness(at: now, heartbeat(of: connection)) {
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

    private func schedule(_ connection: Connection, at deadline: NIODeadline) {
        // One that has ended meanwhile, by a write that failed, has no slot, and nothing is left to look at.
        guard connection.slot >= 0 else { return }
        // The tick after the deadline, so that a deadline is past when it is looked at.
        let due = max(tick(at: deadline), wheel.now) + 1
        connection.wheelTick = due
        wheel.schedule(WheelEntry(slot: connection.slot, tick: due), at: due)
    }

    private func tick(at time: NIODeadline) -> UInt64 {
        UInt64(max(0, (time - wheelStart).nanoseconds) / Self.tickInterval.nanoseconds)
    }
}

// MARK: - The end of a token

extension LoopShard {
    /// A check is not planned further ahead than this, so that no end of a token overflows what a deadline can hold.
    private static let farthest: Duration = .seconds(86_400)

    private func isPastGrace(_ identity: Identity) -> Bool {
        guard let end = identity.expiresAt else { return false }
        return end.advanced(by: policy.limits.expiryGrace) <= wallClock()
    }

    /// Tells a client once that its grace has begun.
    private func tellOfExpiry(_ connection: Connection) {
        guard let end = connection.identity.expiresAt, connection.phase == .open, !connection.isToldOfExpiry else {
            return
        }
        let now = wallClock()
        guard end <= now else { return }
        connection.isToldOfExpiry = true
        connection.reply(ServerEnvelope.tokenExpiring(at: end, grace: policy.limits.expiryGrace, now: now))
    }

    /// Looks at a connection when its heartbeat is due, or earlier when its token ends, or its grace does.
    private func scheduleCheck(_ connection: Connection, at heartbeat: NIODeadline) {
        guard let end = connection.identity.expiresAt else { return schedule(connection, at: heartbeat) }
        let moment = connection.isToldOfExpiry ? end.advanced(by: policy.limits.expiryGrace) : end
        let left = min(wallClock().duration(to: moment), Self.farthest)
        schedule(connection, at: min(heartbeat, .now() + TimeAmount(max(.zero, left))))
    }
}
