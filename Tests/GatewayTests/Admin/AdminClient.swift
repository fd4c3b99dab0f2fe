import AdminAPI
import FleetModel
import Foundation
import NIOCore
import NIOPosix

/// Asks a unix socket one thing at a time, as `curl --unix-socket` does.
struct AdminClient {
    let path: String
    /// Sent with every request.
    var headers: [String] = []

    struct Answer {
        var status: Int
        var head: String
        var body: [UInt8]

        func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try AdminJSON.decode(type, from: body)
        }

        func error() throws -> AdminError { try decoded(AdminError.self) }
    }

    func get(_ target: String) async throws -> Answer { try await send("GET", target) }

    func post(_ target: String, _ body: String = "") async throws -> Answer { try await send("POST", target, body) }

    func post(_ target: String, _ body: some Encodable, headers: [String] = []) async throws -> Answer {
        try await send("POST", target, String(decoding: try AdminJSON.encode(body), as: UTF8.self), headers: headers)
    }

    func send(
        _ method: String, _ target: String, _ body: String = "", headers: [String] = []
    ) async throws -> Answer {
        let request =
            "\(method) \(target) HTTP/1.1\r\nHost: worker\r\nConnection: close\r\n"
            + (self.headers + headers).map { $0 + "\r\n" }.joined()
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        return try Self.parse(try await exchange(request) { _ in false })
    }

    /// Reads a stream until `isEnough` says so.
    func stream(_ target: String, accept: String, until isEnough: @escaping ([UInt8]) -> Bool) async throws -> [UInt8] {
        try await exchange("GET \(target) HTTP/1.1\r\nHost: worker\r\nAccept: \(accept)\r\n\r\n", until: isEnough)
    }

    private func exchange(_ request: String, until isEnough: ([UInt8]) -> Bool) async throws -> [UInt8] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var bytes: [UInt8] = []
            for try await part in inbound {
                bytes += part.readableBytesView
                if isEnough(bytes) { break }
            }
            return bytes
        }
    }

    struct NoAnswer: Error {}

    private static func parse(_ bytes: [UInt8]) throws -> Answer {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n"), let status = Int(text.split(separator: " ")[1]) else {
            throw NoAnswer()
        }
        return Answer(status: status, head: String(text[..<end.lowerBound]), body: Array(text[end.upperBound...].utf8))
    }
}
