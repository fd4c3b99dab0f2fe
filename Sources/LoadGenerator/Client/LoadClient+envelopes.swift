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

    private func refused(_ code: String, about message: String?) {
        fleet.tally.countError(code)
        guard let message, message.hasPrefix(Self.resumeMark),
            let room = Int32(message.dropFirst(Self.resumeMark.count))
        else { return }
        fleet.tally.resumesRefused += 1
        guard Self.lastingRefusals.contains(code) else { return leaveToReturn() }
        if let request = joining.cannotResume(room) { ask([request]) }
    }

    /// What the id of a resume begins with, so that a refusal can be told to be of it.
    private static let resumeMark = "glr-"
    /// Codes of a resume that will not be taken later either.
    private static let lastingRefusals: Set = [
        "not_supported", "unknown_event_type", "invalid_data", "invalid_room", "forbidden", "too_many_rooms",
    ]
}
