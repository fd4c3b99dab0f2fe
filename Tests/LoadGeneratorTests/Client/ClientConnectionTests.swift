import NIOCore
import NIOEmbedded
import Testing
import WebSocket

@testable import LoadGenerator

struct ClientConnectionTests {
    private final class Owner: ConnectionOwner {
        var isOpen = false
        var texts: [String] = []
        var end: ConnectionEnd?

        func opened() { isOpen = true }
        func received(_ message: UnsafeRawBufferPointer, at now: UInt64) {
            texts.append(String(decoding: message, as: UTF8.self))
        }
        func ended(_ end: ConnectionEnd) { self.end = end }
    }

    private let owner = Owner()
    private let channel: EmbeddedChannel

    init() throws {
        let target = try #require(TargetURL("ws://gate:8080/ws/connect"))
        let request = UpgradeRequest(target: target, token: "secret", previous: "abc")
        channel = EmbeddedChannel(handler: ClientConnection(owner: owner, request: request))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 8080)).wait()
    }

    @Test("the request names the connection it replaces, the subprotocol and the token")
    func request() throws {
        let request = try sentText()
        #expect(request.hasPrefix("GET /ws/connect?previous=abc HTTP/1.1\r\nHost: gate:8080\r\n"))
        #expect(request.contains("\r\nSec-WebSocket-Protocol: gad.v1.json\r\n"))
        #expect(request.contains("\r\nAuthorization: Bearer secret\r\n"))
    }

    @Test("every message is handed over once and in order, however the bytes are cut")
    func anyCut() throws {
        let payloads = ["a", String(repeating: "b", count: 200), "", String(repeating: "c", count: 70_000), "d"]
        var stream = try accepted()
        for payload in payloads { FrameEncoder.append(.text, ByteBuffer(string: payload), to: &stream) }
        FrameEncoder.append(.text, ByteBuffer(string: "e"), final: false, to: &stream)
        FrameEncoder.append(.ping, ByteBuffer(string: "p"), to: &stream)
        FrameEncoder.append(.continuation, ByteBuffer(string: "f"), to: &stream)
        var random = SplitMix64(seed: 5)
        while stream.readableBytes > 0 {
            let length = min(stream.readableBytes, Int.random(in: 1...500, using: &random))
            let part = stream.readSlice(length: length)
            try channel.writeInbound(try #require(part))
        }
        #expect(owner.isOpen)
        #expect(owner.texts == payloads + ["ef"])
        #expect(try sentEvents() == [.pong(ByteBuffer(string: "p"))])
    }

    @Test("a close is answered with its code, and tells who closed")
    func closed() throws {
        try channel.writeInbound(try accepted())
        try channel.writeInbound(FrameEncoder.close(.shutdown, reason: "bye"))
        #expect(try sentEvents() == [.close(.shutdown, reason: "")])
        channel.embeddedEventLoop.run()
        #expect(owner.end == .closedByServer(.shutdown))
    }

    @Test("a masked frame is a violation: the connection is failed with 1002")
    func violation() throws {
        try channel.writeInbound(try accepted())
        try channel.writeInbound(
            FrameEncoder.frame(.text, ByteBuffer(string: "x"), mask: MaskingKey(1, 2, 3, 4)))
        #expect(try sentEvents() == [.close(.protocolError, reason: "")])
        channel.embeddedEventLoop.run()
        #expect(owner.end == .brokenProtocol(.masked))
    }

    @Test("a refusal is told with its status, and a wrong accept value is no WebSocket")
    func refused() throws {
        try channel.writeInbound(ByteBuffer(string: "HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\n{}"))
        channel.embeddedEventLoop.run()
        #expect(owner.end == .refused(status: 401, retryAfter: nil))
        var reply = UpgradeReply(accept: "right")
        let wrong = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n"
        #expect(reply.read(ByteBuffer(string: wrong)) == .notWebSocket)
    }

    @Test("a refusal says how long to stay away")
    func retryAfter() {
        var reply = UpgradeReply(accept: "")
        let head = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n"
        #expect(reply.read(ByteBuffer(string: head)) == .refused(status: 503, retryAfter: .seconds(7)))
    }

    @Test("an endless answer to the upgrade is given up")
    func endless() {
        var reply = UpgradeReply(accept: "")
        #expect(reply.read(ByteBuffer(repeating: 0x61, count: UpgradeReply.maximumHead)) == .incomplete)
        #expect(reply.read(ByteBuffer(string: "a")) == .notWebSocket)
    }

    @Test("the server's own envelopes are told from what it delivers")
    func envelopes() {
        #expect(
            envelope(#"{"event_type":"connection_ack","data":{"connection_id":"c","worker":"n-w1"}}"#)
                == .acknowledgement(connection: "c", worker: "n-w1"))
        #expect(
            envelope(#"{"event_type":"reconnect","data":{"within_ms":1500,"avoid_worker":"n-w1"}}"#)
                == .reconnect(within: .milliseconds(1500), avoid: "n-w1"))
        #expect(envelope(#"{"event_type":"notification","data":[1,2]}"#) == .delivered)
        #expect(envelope("{") == nil)
    }

    @Test("where streams stand and what a resume came to is read from the gateway's answers")
    func streamEnvelopes() {
        let position = StreamPosition(milliseconds: 17, number: 3, epoch: "e1")
        let places = #""positions":{"gov:a":{"offset":"17-3","epoch":"e1"}}"#
        #expect(
            envelope(#"{"event_type":"subscribed","data":{"rooms":["gov:a"],"# + places + "}}")
                == .subscribed(positions: ["gov:a": position]))
        #expect(envelope(#"{"event_type":"subscribed","data":{"rooms":[]}}"#) == .subscribed(positions: [:]))
        #expect(
            envelope(
                #"{"event_type":"resumed","data":{"room":"gov:a","recovered":true,"count":2,"offset":"17-3","#
                    + #""epoch":"e1"}}"#)
                == .resumed(ResumeAnswer(room: "gov:a", isRecovered: true, count: 2, position: position)))
        #expect(envelope(#"{"event_type":"resumed","data":{"room":"gov:a"}}"#) == nil)
    }

    private func envelope(_ text: String) -> ServerEnvelope? {
        Array(text.utf8).withUnsafeBytes { ServerEnvelope(json: $0) }
    }

    private func accepted() throws -> ByteBuffer {
        let line = try #require(try sentText().split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") })
        let accept = OpeningHandshake.accept(key: String(line.dropFirst("Sec-WebSocket-Key: ".count)))
        return ByteBuffer(
            string: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nsec-websocket-accept: \(accept)\r\n\r\n")
    }

    private func sentText() throws -> String {
        String(buffer: try #require(try channel.readOutbound(as: ByteBuffer.self)))
    }

    private func sentEvents() throws -> [FrameDecoder.Event] {
        var decoder = FrameDecoder(role: .server, maximumMessageSize: 1 << 20)
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { decoder.append(bytes) }
        var events: [FrameDecoder.Event] = []
        while let event = decoder.next() { events.append(event) }
        return events
    }
}
