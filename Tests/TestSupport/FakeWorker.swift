import AdminAPI
import FleetModel
import Glibc
import Synchronization

/// A worker's admin socket that says what a test wants it to say, to any number of callers.
package final class FakeWorker: Sendable {
    /// What a caller gets.
    package enum Reply: Sendable {
        case json(Int, [UInt8])
        /// Samples as compact frames, one after the other without delay, after which the stream stays open.
        case samples([WorkerSample])
        /// Bytes in the place of samples.
        case stream([UInt8])
        /// Bytes in the place of HTTP.
        case raw([UInt8])
        /// The connection is taken and never answered.
        case silence
    }

    package struct Request: Sendable {
        package let method: String
        package let path: String
        package let body: [UInt8]
    }

    package let endpoint: AdminEndpoint
    private let listener: Int32
    private let reply: @Sendable (Request) -> Reply
    private let state = Mutex(State())

    private struct State {
        var connections: [Int32] = []
        var requests: [Request] = []
        var stopped = false
    }

    package init(
        _ worker: WorkerID, in directory: String, reply: @escaping @Sendable (Request) -> Reply
    ) throws {
        endpoint = AdminEndpoint(worker: worker, socketPath: directory + "/\(worker).sock")
        self.reply = reply
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try Self.listen(listener, at: endpoint.socketPath)
        Self.startThread { [self] in acceptAll() }
    }

    /// What was asked so far, oldest first.
    package var requests: [Request] { state.withLock { $0.requests } }

    /// As a process that is killed: connections break, the socket file stays behind.
    package func die() {
        state.withLock { state in
            guard !state.stopped else { return }
            state.stopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            close(listener)
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    /// As a process that leaves in order.
    package func leave() {
        unlink(endpoint.socketPath)
        die()
    }

    private static func listen(_ listener: Int32, at path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        unlink(path)
        let bound = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, Glibc.listen(listener, 64) == 0 else { throw SystemFailure("listen on \(path)") }
    }

    private func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            let serve = state.withLock { state in
                if !state.stopped { state.connections.append(connection) }
                return !state.stopped
            }
            guard serve else {
                close(connection)
                return
            }
            Self.startThread { [self] in answer(connection) }
        }
    }

    private func answer(_ connection: Int32) {
        defer {
            state.withLock { $0.connections.removeAll { $0 == connection } }
            close(connection)
        }
        guard let request = readRequest(connection) else { return }
        state.withLock { $0.requests.append(request) }
        switch reply(request) {
        case .json(let status, let body):
            write("HTTP/1.1 \(status) X\r\nContent-Length: \(body.count)\r\n\r\n".utf8 + body, to: connection)
        case .samples(let samples):
            stream(samples.flatMap { SampleCodec.frame($0) }, to: connection)
        case .stream(let bytes): stream(bytes, to: connection)
        case .raw(let bytes): write(bytes, to: connection)
        case .silence: awaitEnd(of: connection)
        }
    }

    private func stream(_ bytes: [UInt8], to connection: Int32) {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(bytes.count, radix: 16))\r\n"
        write(Array(head.utf8) + bytes + Array("\r\n".utf8), to: connection)
        awaitEnd(of: connection)
    }

    private func awaitEnd(of connection: Int32) {
        var byte: UInt8 = 0
        while read(connection, &byte, 1) > 0 {}
    }

    private func write(_ bytes: some Sequence<UInt8>, to connection: Int32) {
        let all = Array(bytes)
        var sent = 0
        while sent < all.count {
            let count = all.withUnsafeBytes { raw in
                send(connection, raw.baseAddress.map { $0 + sent }, raw.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private func readRequest(_ connection: Int32) -> Request? {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            if let request = Self.parse(text) { return request }
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return nil }
            text += buffer[..<count]
        }
    }

    private static func parse(_ bytes: [UInt8]) -> Request? {
        guard let end = bytes.firstIndex(ofSequence: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) }
        let body = bytes[(end + 4)...]
        guard words.count == 3, body.count >= length ?? 0 else { return nil }
        return Request(method: String(words[0]), path: String(words[1]), body: Array(body))
    }

    private static func startThread(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let job = Unmanaged.passRetained(Job(body))
        pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, job.toOpaque())
        pthread_detach(thread)
    }

    private final class Job {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}

extension [UInt8] {
    fileprivate func firstIndex(ofSequence wanted: [UInt8]) -> Int? {
        guard count >= wanted.count else { return nil }
        return (0...count - wanted.count).first { self[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
