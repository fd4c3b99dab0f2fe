import FoundationEssentials
import NIOCore
import Synchronization
import TestSupport
import Testing
import WebSocket

/// Clients of one critical room and a publisher, before, during and after something fails; counts what each got.
///
/// A client that is cut off comes back and resumes where it was. The publisher publishes each message until the
/// gateway says that it is published, always with the same id. So whatever fails, each accepted message must have
/// reached each client exactly once.
struct CriticalRun {
    /// What is known when everyone has everything, or the deadline is over.
    struct Outcome {
        /// Ids of messages that the gateway said are published.
        var accepted: [String]
        /// By client: how often each id came.
        var received: [[String: Int]]
        /// Resumes that the gateway answered with `recovered: false`, and resets it told of.
        var notRecovered: Int
        /// How often clients came back.
        var returns: Int

        var lost: Int { received.reduce(0) { total, got in total + accepted.count { got[$0] == nil } } }
        var twice: Int { received.reduce(0) { total, got in total + got.values.count { $0 > 1 } } }
    }

    let port: Int
    var room = "gov:alerts"
    var clients = 6
    /// Between two messages.
    var pause: Duration = .milliseconds(20)
    /// How long an answer to a publish is awaited before it is published again.
    var patience: Duration = .seconds(2)

    /// Runs `fault` while messages flow, goes on for a moment, and waits until everyone has everything.
    /// - Parameter resets: so many clients are to be told besides that they may have missed something: those that miss
    ///   nothing may have everything before.
    func outcome(
        within limit: Duration = .seconds(40), resets: Int = 0, during fault: @Sendable () async throws -> Void
    ) async throws -> Outcome {
        let stage = RunStage()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            // Also when the test fails on its way: nobody listens for ever.
            defer { stage.everyoneStops() }
            let observers = (0..<clients).map { _ in CriticalClient(port: port, room: room) }
            for observer in observers { group.addTask { try await observer.run(until: stage) } }
            try await eventually("all clients are in the room", within: .seconds(20)) {
                observers.allSatisfy(\.isPositioned)
            }
            let publisher = PersistentPublisher(port: port, room: room, patience: patience)
            group.addTask { try await publisher.run(every: pause, until: stage) }
            try await eventually("messages flow") { observers.allSatisfy { $0.count >= 10 } }
            try await fault()
            let accepted = publisher.accepted.count
            try await eventually("messages flow again", within: limit) { publisher.accepted.count >= accepted + 10 }
            stage.publisherStops()
            try await eventually("the publisher has stopped", within: limit) { publisher.isDone }
            let all = publisher.accepted
            // Whether they do is for the test to say, with figures.
            try? await eventually("everyone has everything", within: limit) {
                observers.allSatisfy { observer in all.allSatisfy { observer.has($0) } }
                    && observers.reduce(0) { $0 + $1.notRecovered } >= resets
            }
            stage.everyoneStops()
            try await group.waitForAll()
            return Outcome(
                accepted: all, received: observers.map(\.received),
                notRecovered: observers.reduce(0) { $0 + $1.notRecovered },
                returns: observers.reduce(0) { $0 + $1.returns })
        }
    }
}

/// How far a run is; told to everyone in it.
final class RunStage: Sendable {
    private let stage = Mutex((publishes: true, runs: true))

    var publishes: Bool { stage.withLock(\.publishes) }
    var runs: Bool { stage.withLock(\.runs) }

    func publisherStops() { stage.withLock { $0.publishes = false } }
    func everyoneStops() { stage.withLock { $0 = (false, false) } }
}

/// A client that stays in one critical room whatever happens to its connections.
final class CriticalClient: Sendable {
    private struct Memory {
        var received: [String: Int] = [:]
        var position: (offset: String, epoch: String)?
        var notRecovered = 0
        var connections = 0
    }

    private let memory = Mutex(Memory())
    private let port: Int
    private let room: String

    init(port: Int, room: String) {
        self.port = port
        self.room = room
    }

    var received: [String: Int] { memory.withLock(\.received) }
    var count: Int { memory.withLock { $0.received.count } }
    var notRecovered: Int { memory.withLock(\.notRecovered) }
    var returns: Int { memory.withLock { max(0, $0.connections - 1) } }
    var isPositioned: Bool { memory.withLock { $0.position != nil } }
    func has(_ id: String) -> Bool { memory.withLock { $0.received[id] != nil } }

    func run(until stage: RunStage) async throws {
        while stage.runs {
            // Being cut off, refused or not answered is what a client meets here; it tries again.
            try? await serve(until: stage)
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...200)))
        }
    }

    private func serve(until stage: RunStage) async throws {
        let client = try await WebSocketClient(port: port)
        memory.withLock { $0.connections += 1 }
        _ = try await client.envelope("connection_ack", within: .seconds(10))
        try join(client)
        while stage.runs {
            guard let event = try? await client.next(within: .milliseconds(500)) else {
                // A ping keeps the connection alive, and finds one that is dead.
                try client.send(#"{"event_type":"ping"}"#)
                continue
            }
            guard case .text(let text) = event else {
                if case .ping(let payload) = event { try client.pong(payload) }
                if case .close = event { return }
                continue
            }
            if try take(try Envelope(String(buffer: text))) == .joinAgain {
                try await Task.sleep(for: .milliseconds(200))
                try join(client)
            }
        }
    }

    private func join(_ client: WebSocketClient) throws {
        if let position = memory.withLock(\.position) {
            try client.send(
                #"{"event_type":"resume","data":{"room":"\#(room)","offset":"\#(position.offset)","epoch":"\#(position.epoch)"}}"#
            )
        } else {
            try client.send(#"{"event_type":"subscribe","data":{"events":["\#(room)"]}}"#)
        }
    }

    private enum Next {
        case goOn
        case joinAgain
    }

    private func take(_ envelope: Envelope) throws -> Next {
        switch envelope.eventType {
        case "subscribed":
            guard let position = envelope.data["positions"]?[room] else { return .joinAgain }
            move(to: position)
        case "resumed":
            if envelope.data["recovered"]?.bool != true {
                memory.withLock { $0.notRecovered += 1 }
                move(to: .object(envelope.data))
            }
        case "error": return .joinAgain
        case "alert":
            guard let id = envelope.messageID else { return .goOn }
            memory.withLock { $0.received[id, default: 0] += 1 }
            if let stream = try envelope.member("stream") { move(to: stream) }
        default: break
        }
        return .goOn
    }

    private func move(to position: JSONValue) {
        guard let offset = position["offset"]?.string, let epoch = position["epoch"]?.string else { return }
        memory.withLock { $0.position = (offset, epoch) }
    }
}

/// Publishes numbered messages through a gateway, each until it is said to be published.
final class PersistentPublisher: Sendable {
    private let state = Mutex((accepted: [String](), isDone: false))
    private let port: Int
    private let room: String
    private let patience: Duration

    init(port: Int, room: String, patience: Duration) {
        self.port = port
        self.room = room
        self.patience = patience
    }

    var accepted: [String] { state.withLock(\.accepted) }
    var isDone: Bool { state.withLock(\.isDone) }

    func run(every pause: Duration, until stage: RunStage) async throws {
        var client: WebSocketClient?
        var number = 0
        while stage.publishes {
            number += 1
            let id = "m-\(number)"
            while stage.runs, try await !publish(id, &client) { try await Task.sleep(for: .milliseconds(100)) }
            if stage.runs { state.withLock { $0.accepted.append(id) } }
            try await Task.sleep(for: pause)
        }
        state.withLock { $0.isDone = true }
    }

    /// - Returns: whether the gateway said that it is published.
    private func publish(_ id: String, _ client: inout WebSocketClient?) async throws -> Bool {
        do {
            let connected: WebSocketClient
            if let client {
                connected = client
            } else {
                connected = try await WebSocketClient(port: port)
                client = connected
            }
            try connected.send(
                #"{"event_type":"publish","data":{"event_type":"alert","topic":"\#(room)","message_id":"\#(id)","data":{}}}"#
            )
            return try await isAccepted(id, connected)
        } catch {
            // The connection is gone or silent: the next try makes another.
            client = nil
            return false
        }
    }

    private func isAccepted(_ id: String, _ client: WebSocketClient) async throws -> Bool {
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            guard case .text(let text) = try await client.next(within: end - .now) else { continue }
            let envelope = try Envelope(String(buffer: text))
            if envelope.eventType == "published", envelope.data["message_id"]?.string == id { return true }
            if envelope.eventType == "error" { return false }
        }
        throw NeverHappened(description: "no answer to \(id)")
    }
}

extension WebSocketClient {
    fileprivate func pong(_ payload: ByteBuffer) throws {
        try write(FrameEncoder.frame(.pong, payload, mask: MaskingKey(0x21, 0x43, 0x65, 0x87)))
    }
}

extension Envelope {
    /// A top-level member beside those of every envelope.
    fileprivate func member(_ key: String) throws -> JSONValue? {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))[key]
    }
}
