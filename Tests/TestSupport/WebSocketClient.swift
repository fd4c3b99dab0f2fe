import FoundationEssentials
import Glibc
import NIOCore
import WebSocket

/// A WebSocket client that a test leads by hand: it sends what it is told, keeps what it receives, answers nothing.
package final class WebSocketClient {
    /// What the server answered to the handshake, when it was not an upgrade.
    package struct Refused: Error {
        package let status: Int
        package let body: String
    }

    /// Nothing of the wanted kind came in time.
    package struct Silence: Error, CustomStringConvertible {
        package let description: String
    }

    package typealias Event = FrameDecoder.Event

    private let descriptor: Int32
    private var decoder = FrameDecoder(role: .client, maximumMessageSize: 1 << 24)
    private var waiting: [Event] = []

    /// Connects and upgrades.
    /// - Parameter target: path and query, as `/ws/connect?token=…`.
    package init(port: Int, target: String = "/ws/connect", headers: [String] = []) async throws {
        descriptor = try Self.connected(to: port)
        let lines = [
            "GET \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
        ]
        try write(ByteBuffer(string: (lines + headers + ["", ""]).joined(separator: "\r\n")))
        try await finishHandshake()
    }

    deinit { close(descriptor) }

    package func send(_ text: String) throws {
        try write(FrameEncoder.frame(.text, ByteBuffer(string: text), mask: MaskingKey(0x21, 0x43, 0x65, 0x87)))
    }

    /// Sends bytes as they are, for what no proper client would say.
    package func write(_ bytes: ByteBuffer) throws {
        var rest = Array(bytes.readableBytesView)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EAGAIN { continue }
            guard count > 0 else { throw SystemFailure("send") }
            rest = rest.dropFirst(count)
        }
    }

    /// The next thing the server says.
    package func next(within limit: Duration = .seconds(5)) async throws -> Event {
        let end = ContinuousClock.now + limit
        while waiting.isEmpty {
            guard ContinuousClock.now < end else { throw Silence(description: "nothing came within \(limit)") }
            if try receive() == 0 { try await Task.sleep(for: .milliseconds(2)) }
        }
        return waiting.removeFirst()
    }

    /// The next envelope of one type; others before it are skipped.
    package func envelope(_ type: String, within limit: Duration = .seconds(5)) async throws -> Envelope {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            guard case .text(let text) = try await next(within: end - .now) else { continue }
            let envelope = try Envelope(String(buffer: text))
            if envelope.eventType == type { return envelope }
        }
        throw Silence(description: "no \(type) came within \(limit)")
    }

    /// Everything that comes until it has been quiet for `pause`.
    package func texts(untilQuietFor pause: Duration = .milliseconds(300)) async throws -> [String] {
        var texts: [String] = []
        while let event = try? await next(within: pause) {
            if case .text(let text) = event { texts.append(String(buffer: text)) }
        }
        return texts
    }

    /// Joins rooms and waits until the server says so.
    @discardableResult
    package func subscribe(_ rooms: [String]) async throws -> Envelope {
        let list = rooms.map { "\"\($0)\"" }.joined(separator: ",")
        try send(#"{"event_type":"subscribe","data":{"events":[\#(list)]}}"#)
        return try await envelope("subscribed")
    }
}

/// A received envelope, of which a test reads what it wants.
package struct Envelope {
    package let text: String
    package let eventType: String
    package let messageID: String?
    package let data: [String: JSONValue]

    package init(_ text: String) throws {
        struct Shape: Decodable {
            let event_type: String
            let message_id: String?
            let data: [String: JSONValue]?
        }
        let shape = try JSONDecoder().decode(Shape.self, from: Data(text.utf8))
        self.text = text
        eventType = shape.event_type
        messageID = shape.message_id
        data = shape.data ?? [:]
    }
}

/// Any JSON value.
package indirect enum JSONValue: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package var string: String? { if case .string(let value) = self { value } else { nil } }
    package var number: Double? { if case .number(let value) = self { value } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    package subscript(key: String) -> JSONValue? { if case .object(let fields) = self { fields[key] } else { nil } }
}

extension WebSocketClient {
    private static func connected(to port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            throw SystemFailure("connect to 127.0.0.1:\(port)", code: code)
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return descriptor
    }

    private func finishHandshake() async throws {
        var bytes: [UInt8] = []
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            let chunk = try read()
            bytes += chunk ?? []
            if let head = String(decoding: bytes, as: UTF8.self).firstRange(of: "\r\n\r\n") {
                return try accept(bytes, head: head.upperBound)
            }
            if chunk?.isEmpty ?? true { try await Task.sleep(for: .milliseconds(2)) }
        }
        throw Silence(description: "no answer to the handshake within 5 s")
    }

    private func accept(_ bytes: [UInt8], head: String.Index) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let status = Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0
        guard status == 101 else { throw Refused(status: status, body: String(text[head...])) }
        let length = text[..<head].utf8.count
        feed(Array(bytes[length...]))
    }

    /// - Returns: how many bytes came.
    private func receive() throws -> Int {
        guard let bytes = try read() else { throw SystemFailure("the server ended the connection", code: 0) }
        feed(bytes)
        return bytes.count
    }

    private func feed(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        decoder.append(ByteBuffer(bytes: bytes))
        while let event = decoder.next() { waiting.append(event) }
    }

    /// What has come; empty when nothing has, nil at the end.
    private func read() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN { return [] }
        guard count > 0 else { return nil }
        return Array(buffer[..<count])
    }
}
