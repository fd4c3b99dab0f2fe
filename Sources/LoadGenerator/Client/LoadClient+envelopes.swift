import FleetModel

/// What a gateway says, and what is done about it.
extension LoadClient {
    func handle(_ text: UnsafeRawBufferPointer, at now: UInt64) {
        guard let envelope = ServerEnvelope(json: text) else {
            fleet.tally.malformed += 1
            return
        }
        switch envelope {
        case .acknowledgement(let id, let worker): acknowledged(id, worker: worker, at: now)
        case .subscribed(let positions): subscribed(positions, at: now)
        case .resumed(let answer): resumed(answer, at: now)
        case .reconnect(let limit, let avoid): asked(within: limit, avoid: avoid)
        case .ping: connection?.send(#"{"event_type":"pong"}"#)
        case .error(let code, let message): refused(code, about: message)
        case .published: break
        case .delivered: fleet.tally.foreign += 1
        }
    }

    func ask(_ requests: [RoomJoining.Request]) {
        for request in requests {
            switch request {
            case .subscribe(let rooms): connection?.send(fleet.subscription(to: rooms))
            case .resume(let room, let position): connection?.send(resume(fleet.name(of: room), position, room))
            }
        }
    }

    /// Asks once more for what was refused for the moment.
    func askAgain(ticket: UInt32) {
        guard life.phase == .connecting, life.ticket == ticket else { return }
        ask(joining.outstanding)
    }

    private func resume(_ name: RoomName, _ position: StreamPosition, _ room: Int32) -> String {
        #"{"event_type":"resume","message_id":"\#(Self.resumeMark)\#(room)","data":{"room":"\#(name)","#
            + #""offset":"\#(position.offset)","epoch":"\#(position.epoch)"}}"#
    }

    private func subscribed(_ positions: [String: StreamPosition], at now: UInt64) {
        joinedAnew(joining.subscribed(fleet.byRoom(positions)), at: now)
        joinedIfComplete(at: now)
    }

    private func resumed(_ answer: ResumeAnswer, at now: UInt64) {
        guard let room = fleet.index(of: answer.room),
            joining.resumed(room, isRecovered: answer.isRecovered, position: answer.position)
        else {
            fleet.tally.malformed += 1
            return
        }
        fleet.tally.countResume(answer)
        if !answer.isRecovered { joinedAnew([room], at: now) }
        joinedIfComplete(at: now)
    }

    private func joinedIfComplete(at now: UInt64) {
        if joining.isComplete { joined(at: now) }
    }

    /// A gateway need not say which resume it refuses; then it is about all that it has not answered.
    private func refused(_ code: String, about message: String?) {
        fleet.tally.countError(code)
        guard life.phase == .connecting else { return }
        let named = message.flatMap { $0.hasPrefix(Self.resumeMark) ? Int32($0.dropFirst(Self.resumeMark.count)) : nil }
        let rooms = named.map { [$0] } ?? joining.unresumed
        if Self.lastingRefusals.contains(code) {
            fleet.tally.resumesRefused += rooms.count
            ask(rooms.compactMap { joining.cannotResume($0) })
        } else if Self.passingRefusals.contains(code) {
            fleet.askAgain(self)
        }
    }

    /// What the id of a resume begins with, so that a refusal can be told to be of it.
    private static let resumeMark = "glr-"
    /// Codes of a resume that will not be taken later either.
    private static let lastingRefusals: Set = [
        "not_supported", "unknown_event_type", "invalid_data", "invalid_room", "forbidden", "too_many_rooms",
    ]
    private static let passingRefusals: Set = ["unavailable", "overloaded", "rate_limited"]
}
