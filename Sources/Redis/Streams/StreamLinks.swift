import FleetModel
import Logging
import NIOCore

/// The part of `RedisStreams` that lives on its event loop: its two connections, and which script runs on which.
final class StreamLinks {
    private let eventLoop: any EventLoop
    private let writer: ScriptLink
    private let reader: ScriptLink
    private let lane: PublishLane
    /// WAIT holds the connection up; longer than this and it would be taken for hung.
    private let longestWait: Duration

    /// Rooms in one run of position.lua: a script holds Redis up while it runs, these for well under a millisecond.
    static let roomsPerScript = 128

    init(settings: RedisLink.Settings, topology: RedisTopology, eventLoop: any EventLoop, logger: Logger) {
        let links = ["publisher", "reader"].map { role in
            var settings = settings
            settings.name += "-" + role
            settings.roundTrip = RoundTripGauge()
            return ScriptLink(settings: settings, topology: topology, eventLoop: eventLoop, logger: logger)
        }
        self.eventLoop = eventLoop
        (writer, reader) = (links[0], links[1])
        lane = PublishLane(link: writer)
        longestWait = settings.timeouts.reply / 2
    }

    func start() {
        writer.start()
        reader.start()
    }

    func stop() -> EventLoopFuture<Void> {
        .andAllComplete([writer.stop(), reader.stop()], on: eventLoop)
    }
}

// MARK: - Calls

extension StreamLinks {
    func publish(
        _ envelope: ByteBuffer, messageID: String, to room: RoomName, _ keeping: StreamKeeping
    ) -> EventLoopFuture<StreamReceipt> {
        let call = ScriptCall(
            script: .publish, keys: StreamKeys.keys(of: room) + [StreamKeys.sent(messageID, in: room)],
            arguments: [
                .text(StreamKeys.channel(of: room)), .bytes(envelope), .integer(Int64(keeping.maximumLength)),
                .integer(keeping.retention.lifetimeSeconds), .integer(keeping.idempotencyWindow.lifetimeSeconds),
            ])
        return lane.publish(call, demand(keeping)).nonisolated().flatMapThrowing { try StreamReceipt($0) }
    }

    func places(of rooms: [RoomName], retention: Duration) -> EventLoopFuture<[StreamPlace]> {
        let parts = stride(from: 0, to: rooms.count, by: Self.roomsPerScript).map { start in
            somePlaces(of: rooms[start..<min(start + Self.roomsPerScript, rooms.count)], retention: retention)
        }
        return EventLoopFuture.whenAllSucceed(parts, on: eventLoop).map { $0.flatMap { $0 } }
    }

    func records(of room: RoomName, from offset: String, limit: Int) -> EventLoopFuture<StreamExcerpt> {
        let call = ScriptCall(
            script: .entries, keys: StreamKeys.keys(of: room), arguments: [.text(offset), .integer(Int64(limit))])
        return reader.run(call).nonisolated().flatMapThrowing { try StreamExcerpt($0) }
    }

    func remove(_ room: RoomName) -> EventLoopFuture<Void> {
        writer.send(RESPCommand("UNLINK", StreamKeys.keys(of: room))).nonisolated().map { _ in }
    }

    private func demand(_ keeping: StreamKeeping) -> PublishLane.Demand? {
        guard keeping.replicas > 0 else { return nil }
        return PublishLane.Demand(replicas: keeping.replicas, timeout: min(keeping.replicaTimeout, longestWait))
    }

    private func somePlaces(of rooms: ArraySlice<RoomName>, retention: Duration) -> EventLoopFuture<[StreamPlace]> {
        let count = rooms.count
        let call = ScriptCall(
            script: .position, keys: rooms.flatMap(StreamKeys.keys),
            arguments: [.integer(retention.lifetimeSeconds)])
        return reader.run(call).nonisolated().flatMapThrowing { try StreamPlace.places($0, count: count) }
    }
}

/// What the keys and the channel of a room are called.
private enum StreamKeys {
    static func keys(of room: RoomName) -> [String] { ["gad:stream:\(room)", "gad:epoch:\(room)"] }
    static func sent(_ messageID: String, in room: RoomName) -> String { "gad:sent:\(room):\(messageID)" }
    static func channel(of room: RoomName) -> String { "gad:room:\(room)" }
}
