import FleetModel
import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("Rooms whose messages must not be lost")
    struct StreamTests {
        private static let room = "gov:alerts"

        @Test("the documented command publishes with redis-cli alone, and clients get the message with its place")
        func documentedExample() async throws {
            let redis = try await RedisServer.started()
            let gateway = try await Gadgate(workers: 1, redis: redis.url)
            let client = try await WebSocketClient(port: gateway.port)
            let position = try #require(try await client.subscribe([Self.room]).position(of: Self.room))
            let answer = try await redis.run(try Repository.documentedCommand())
            let message = try await client.envelope("alert")
            #expect(message.messageID == "a-17" && message.data["text"]?.string == "Evacuate sector 4")
            let stamp = try message.stamp()
            #expect(stamp["room"] == Self.room && stamp["epoch"] == position.epoch && stamp["prev"] == position.offset)
            #expect(answer.hasPrefix("\(stamp["offset"] ?? "?")\n\(position.epoch)\n0"))
            // Again, as after an answer that did not come: it is told to be there, and nobody gets it.
            #expect(try await redis.run(try Repository.documentedCommand()).hasSuffix("1\n"))
            #expect(try await client.texts().isEmpty)
        }

        @Test("a client that comes back to another worker gets exactly what it missed, in order, and then the rest")
        func resumesElsewhere() async throws {
            let redis = try await RedisServer.started()
            let gateway = try await Gadgate(redis: redis.url)
            let ports = try await [gateway.identity(0).workerPort, gateway.identity(1).workerPort]
            let first = try await WebSocketClient(port: ports[0])
            try await first.subscribe([Self.room])
            for number in 1...3 { try await redis.publish(number, to: Self.room) }
            var last = Position(offset: "", epoch: "")
            for number in 1...3 {
                let message = try await first.envelope("alert")
                #expect(message.messageID == "m-\(number)")
                last = try Position(message.stamp())
            }
            for number in 4...9 { try await redis.publish(number, to: Self.room) }
            let second = try await WebSocketClient(port: ports[1])
            let answer = try await second.resume(Self.room, from: last)
            #expect(answer.data["recovered"]?.bool == true && answer.data["count"]?.number == 6)
            try await redis.publish(10, to: Self.room)
            for number in 4...10 { #expect(try await second.envelope("alert").messageID == "m-\(number)") }
            #expect(try await second.texts().isEmpty)
            #expect(try await gateway.stats(1).resumesRecoveredTotal == 1)
        }

        @Test("a client whose messages were trimmed is told so, is sent no part of them, and goes on")
        func trimmed() async throws {
            let redis = try await RedisServer.started()
            let gateway = try await Gadgate(redis: redis.url)
            let early = try await WebSocketClient(port: gateway.identity(0).workerPort)
            let start = try #require(try await early.subscribe([Self.room]).position(of: Self.room))
            for number in 1...5 { try await redis.publish(number, to: Self.room) }
            _ = try await redis.run("redis-cli XTRIM gad:stream:\(Self.room) MAXLEN 2")
            // The other worker has nobody in the room, and so nothing of its own to give.
            let client = try await WebSocketClient(port: gateway.identity(1).workerPort)
            let answer = try await client.resume(Self.room, from: start)
            #expect(answer.data["recovered"]?.bool == false && answer.data["reason"]?.string == "trimmed")
            try await redis.publish(6, to: Self.room)
            #expect(try await client.texts().map { try Envelope($0).messageID } == ["m-6"])
        }

        @Test("what Pub/Sub loses while its connections are cut reaches every client once and in order")
        func pubSubLoss() async throws {
            let redis = try await RedisServer.started()
            let gateway = try await Gadgate(redis: redis.url)
            let ports = try await [gateway.identity(0).workerPort, gateway.identity(1).workerPort]
            let clients = try await (0..<4).asyncMap { try await WebSocketClient(port: ports[$0 % 2]) }
            for client in clients { try await client.subscribe([Self.room]) }
            for number in 1...60 {
                if number % 15 == 8 { _ = try await redis.run("redis-cli CLIENT KILL TYPE pubsub") }
                try await redis.publish(number, to: Self.room)
            }
            for client in clients {
                for number in 1...60 {
                    #expect(try await client.envelope("alert", within: .seconds(15)).messageID == "m-\(number)")
                }
                #expect(try await client.texts().isEmpty)
            }
            let repaired = try await gateway.stats(0).repairedTotal + gateway.stats(1).repairedTotal
            #expect(repaired > 0, "nothing was lost, so that nothing was shown")
        }
    }
}

/// Where a client is in a room's stream.
private struct Position {
    var offset: String
    var epoch: String

    init(offset: String, epoch: String) {
        self.offset = offset
        self.epoch = epoch
    }

    init(_ stamp: [String: String]) {
        self.init(offset: stamp["offset"] ?? "", epoch: stamp["epoch"] ?? "")
    }
}

extension Envelope {
    fileprivate func position(of room: String) -> Position? {
        guard let fields = data["positions"]?[room], let offset = fields["offset"]?.string,
            let epoch = fields["epoch"]?.string
        else { return nil }
        return Position(offset: offset, epoch: epoch)
    }

    /// The envelope's member `stream`.
    fileprivate func stamp() throws -> [String: String] {
        struct Shape: Decodable {
            let stream: [String: String]
        }
        return try JSONDecoder().decode(Shape.self, from: Data(text.utf8)).stream
    }
}

extension WebSocketClient {
    fileprivate func resume(_ room: String, from position: Position) async throws -> Envelope {
        _ = try await envelope("connection_ack")
        try send(
            #"{"event_type":"resume","data":{"room":"\#(room)","offset":"\#(position.offset)","#
                + #""epoch":"\#(position.epoch)"}}"#)
        return try await envelope("resumed")
    }
}

extension RedisServer {
    /// Runs a shell command beside the scripts, with redis-cli led to this server.
    fileprivate func run(_ command: String) async throws -> String {
        let shell = try ChildProcess(
            "sh",
            [
                "-c",
                "cd '\(Repository.scripts)' && "
                    + command.replacing("redis-cli", with: "redis-cli -p \(port)"),
            ])
        let exit = try await shell.wait()
        guard exit == .code(0) else {
            throw NeverHappened(description: "\(command) ended with \(exit): \(shell.errors)")
        }
        return shell.output
    }

    /// Publishes a message with the script, as any backend would.
    fileprivate func publish(_ number: Int, to room: String) async throws {
        let id = "m-\(number)"
        _ = try await run(
            "redis-cli --eval publish.lua gad:stream:\(room) gad:epoch:\(room) gad:sent:\(room):\(id) , gad:room:\(room) "
                + #"'{"event_type":"alert","message_id":"\#(id)","data":{}}'"#)
    }
}

/// The files that the tests were built from.
private enum Repository {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static let scripts = root + "/Sources/Redis/Streams"

    /// The command of the first shell block in the documentation of publishing.
    static func documentedCommand() throws -> String {
        let document = try String(
            contentsOf: URL(filePath: root + "/Sources/Gateway/Backplane/README.md"), encoding: .utf8)
        let blocks = document.split(separator: "```")
        guard let block = blocks.first(where: { $0.hasPrefix("sh\n") }) else {
            throw NeverHappened(description: "the document has no block of shell commands")
        }
        return String(block.dropFirst(3))
    }
}
