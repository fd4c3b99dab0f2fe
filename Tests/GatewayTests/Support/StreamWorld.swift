import FleetModel
import NIOCore
import Testing

@testable import Gateway

/// Workers with streams, for the time of one test.
struct StreamWorld {
    static let room = "gov:alerts"

    let broker: MemoryBroker
    let log: MemoryCriticalLog
    let worker: TestWorker
    let name: RoomName

    static func run(
        loops: Int = 1, checkInterval: Duration = .milliseconds(50),
        authentication: DataPlaneConfiguration.Authentication = .anonymous,
        configure: (inout DataPlaneConfiguration) -> Void = { _ in }, _ body: (StreamWorld) async throws -> Void
    ) async throws {
        let broker = MemoryBroker()
        let log = MemoryCriticalLog(broker)
        let name = try #require(RoomName(room))
        try await TestWorker.run(
            broker, log: log, loops: loops, authentication: authentication,
            configure: { configuration in
                configuration.policy.streams.checkInterval = checkInterval
                configure(&configuration)
            }
        ) { worker in
            try await body(StreamWorld(broker: broker, log: log, worker: worker, name: name))
        }
    }

    func client() async throws -> TestClient { try await TestClient.open(port: worker.port).client }

    /// A client that is in the room, and where the room stood then.
    func member() async throws -> (TestClient, Position) {
        let client = try await client()
        let answer = try await client.subscribe(Self.room)
        return (client, try Position(#require(answer.position(of: Self.room))))
    }

    @discardableResult
    func publish(_ ids: String...) -> Position {
        var last = Position(offset: "", epoch: "")
        for id in ids { last = Position(log.publish(id, to: name).position) }
        return last
    }

    /// Publishes, and Pub/Sub loses it.
    @discardableResult
    func publishUnheard(_ ids: String...) -> Position {
        broker.isLosing = true
        defer { broker.isLosing = false }
        var last = Position(offset: "", epoch: "")
        for id in ids { last = Position(log.publish(id, to: name).position) }
        return last
    }

    struct Position: Equatable {
        var offset: String
        var epoch: String

        init(offset: String, epoch: String) {
            (self.offset, self.epoch) = (offset, epoch)
        }

        init(_ position: StreamPosition) {
            self.init(offset: position.offset.description, epoch: position.epoch)
        }

        init(_ fields: [String: String]) {
            self.init(offset: fields["offset"] ?? "", epoch: fields["epoch"] ?? "")
        }

        var command: String {
            #"{"event_type":"resume","data":{"room":"\#(StreamWorld.room)","offset":"\#(offset)","epoch":"\#(epoch)"}}"#
        }
    }
}

extension TestClient {
    /// Sends a resume and takes its answer.
    func resume(from position: StreamWorld.Position) async throws -> Envelope {
        try await send(position.command)
        let answer = try await envelope()
        #expect(answer.eventType == "resumed")
        return answer
    }

    func messageIDs(_ count: Int) async throws -> [String] {
        var ids: [String] = []
        for _ in 0..<count { ids.append(try await envelope().messageID ?? "") }
        return ids
    }

    /// Takes envelopes until one of this id.
    func messageIDs(until id: String) async throws -> [String] {
        try await envelopes(until: id).compactMap { $0.stream == nil && $0.eventType != "test" ? nil : $0.messageID }
    }
}
