import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Testing
import WebSocket

/// A WebSocket client for tests: says what a test tells it, and hands out what it hears, in order.
final class TestClient: Sendable {
    struct Timeout: Error, CustomStringConvertible {
        var description: String
    }

    /// What a gateway's envelope says, as far as tests ask.
    struct Envelope: @unchecked Sendable {  // Values of JSON, which nobody changes.
        let text: String
        private let fields: [String: Any]

        init(_ text: String) throws {
            self.text = text
            fields = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        }

        var eventType: String? { fields["event_type"] as? String }
        var messageID: String? { fields["message_id"] as? String }
        func string(_ key: String) -> String? { data?[key] as? String }
        func number(_ key: String) -> Int? { data?[key] as? Int }
        func strings(_ key: String) -> [String]? { data?[key] as? [String] }
        func flag(_ key: String) -> Bool { data?[key] as? Bool ?? false }
        /// Where it says that it is in its room's stream.
        var stream: [String: String]? { fields["stream"] as? [String: String] }
        func position(of room: String) -> [String: String]? {
            (data?["positions"] as? [String: Any])?[room] as? [String: String]
        }
        private var data: [String: Any]? { fields["data"] as? [String: Any] }
    }

    let channel: any Channel
    /// The response's status line and headers.
    let response: String
    private let inbox: Inbox

    private init(channel: any Channel, response: String, inbox: Inbox) {
        self.channel = channel
        self.response = response
        self.inbox = inbox
    }

    /// Sends an upgrade request and waits for its answer, whatever that is.
    static func connect(
        port: Int, target: String = "/ws/connect", headers: [(String, String)] = [], trailing: ByteBuffer? = nil,
        receiveBuffer: Int? = nil, tls: NIOSSLContext? = nil
    ) async throws -> TestClient {
        var request = "GET \(target) HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        request += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        request += headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
        var bytes = ByteBuffer(string: request)
        if let trailing { bytes.writeImmutableBuffer(trailing) }
        let (channel, inbox) = try await dial(port: port, bytes, receiveBuffer: receiveBuffer, tls: tls)
        let response = try await inbox.next("an answer to the upgrade") { inbox in inbox.response }
        return TestClient(channel: channel, response: response, inbox: inbox)
    }

    /// Sends part of a request and waits for nothing.
    static func dribble(port: Int, _ text: String, tls: NIOSSLContext? = nil) async throws -> TestClient {
        let (channel, inbox) = try await dial(port: port, ByteBuffer(string: text), receiveBuffer: nil, tls: tls)
        return TestClient(channel: channel, response: "", inbox: inbox)
    }

    private static func dial(
        port: Int, _ bytes: ByteBuffer, receiveBuffer: Int?, tls: NIOSSLContext? = nil
    ) async throws -> (any Channel, Inbox) {
        let inbox = Inbox()
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: "localhost")
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(Ear(inbox))
                }
            }
        if let receiveBuffer { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer) }
        let channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(bytes)
        return (channel, inbox)
    }

    /// Connects and takes the acknowledgement.
    static func open(
        port: Int, target: String = "/ws/connect", headers: [(String, String)] = [], tls: NIOSSLContext? = nil
    ) async throws -> (client: TestClient, acknowledgement: Envelope) {
        let client = try await connect(port: port, target: target, headers: headers, tls: tls)
        let acknowledgement = try await client.envelope()
        #expect(acknowledgement.eventType == "connection_ack")
        return (client, acknowledgement)
    }

    var status: Int { Int(response.split(separator: " ").dropFirst().first ?? "") ?? 0 }

    func send(_ text: String) async throws {
        try await send(FrameEncoder.frame(.text, ByteBuffer(string: text), mask: MaskingKey(1, 2, 3, 4)))
    }

    func send(_ bytes: ByteBuffer) async throws { try await channel.writeAndFlush(bytes) }

    /// Subscribes and takes the confirmation.
    @discardableResult
    func subscribe(_ rooms: String...) async throws -> Envelope {
        try await send(Self.command("subscribe", rooms))
        let answer = try await envelope()
        #expect(answer.eventType == "subscribed")
        return answer
    }

    static func command(_ eventType: String, _ rooms: [String]) -> String {
        let list = rooms.map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"event_type":"\#(eventType)","data":{"events":[\#(list)]}}"#
    }

    /// The next frame that is not an answer to a ping.
    func event() async throws -> FrameDecoder.Event {
        try await inbox.next("a frame") { inbox in inbox.events.isEmpty ? nil : inbox.events.removeFirst() }
    }

    func envelope() async throws -> Envelope {
        guard case .text(let text) = try await event() else { throw Timeout(description: "not a text frame") }
        return try Envelope(String(buffer: text))
    }

    /// Takes envelopes until one of this id, which proves that nothing else came before it unseen.
    func envelopes(until id: String) async throws -> [Envelope] {
        var all: [Envelope] = []
        while all.last?.messageID != id { all.append(try await envelope()) }
        return all
    }

    /// The code with which the gateway closed.
    func closeCode() async throws -> CloseCode? {
        while true {
            if case .close(let code, _) = try await event() { return code }
        }
    }

    func waitUntilEnded() async throws {
        try await inbox.next("the end of the connection") { inbox in inbox.isEnded ? () : nil }
    }

    func close() async { try? await channel.close().get() }
}

/// What a client heard and a test has not taken yet.
private final class Inbox: @unchecked Sendable {  // Touched under its lock only.
    struct Heard {
        var response: String?
        var events: [FrameDecoder.Event] = []
        var isEnded = false
    }

    private let lock = NSLock()
    private var heard = Heard()

    func update(_ change: (inout Heard) -> Void) { lock.withLock { change(&heard) } }

    /// Polls, with a deadline, until `take` finds what it looks for.
    func next<Value>(_ what: String, _ take: (inout Heard) -> Value?) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(5)
        while true {
            let (value, isEnded) = lock.withLock { (take(&heard), heard.isEnded) }
            if let value { return value }
            guard ContinuousClock.now < deadline, !isEnded else {
                throw TestClient.Timeout(description: isEnded ? "ended before \(what)" : "no \(what) within 5 s")
            }
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}

private final class Ear: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: Inbox
    private var response = ByteBuffer()
    private var isUpgraded = false
    private var decoder = FrameDecoder(role: .client, maximumMessageSize: 1 << 24)

    init(_ inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if isUpgraded { decoder.append(bytes) } else { readResponse(bytes) }
        while isUpgraded, let event = decoder.next() { inbox.update { $0.events.append(event) } }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isUpgraded { inbox.update { $0.response = String(buffer: response) } }
        inbox.update { $0.isEnded = true }
    }

    private func readResponse(_ bytes: ByteBuffer) {
        response.writeImmutableBuffer(bytes)
        let view = response.readableBytesView
        guard let end = view.firstRange(of: Array("\r\n\r\n".utf8)),
            response.getString(at: 0, length: 12) == "HTTP/1.1 101"
        else { return }
        isUpgraded = true
        let head = response.readString(length: end.upperBound - view.startIndex)
        inbox.update { $0.response = head }
        decoder.append(response)
    }
}
