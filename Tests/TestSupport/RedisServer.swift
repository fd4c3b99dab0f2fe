import Glibc
import Synchronization

/// A redis-server of a test's own: on a free port of 127.0.0.1, in a directory of its own, keeping nothing on disk.
/// It ends with the value.
package final class RedisServer: Sendable {
    package let port: Int
    package let password: String?
    /// Speaks TLS only when set.
    package let certificates: TestCertificates?
    private let options: [String]
    private let directory: TemporaryDirectory
    private let process = Mutex<ChildProcess?>(nil)

    package var url: String {
        "\(certificates == nil ? "redis" : "rediss")://\(password.map { ":\($0)@" } ?? "")127.0.0.1:\(port)"
    }
    package var pid: pid_t? { process.withLock { $0?.pid } }

    /// A server that is not yet started, to be absent at first.
    /// - Parameter options: further arguments for redis-server; the last of the same name holds.
    package init(password: String? = nil, certificates: TestCertificates? = nil, options: [String] = []) throws {
        port = try FreePort.next()
        self.password = password
        self.certificates = certificates
        self.options = options
        directory = try TemporaryDirectory()
    }

    /// A server that answers.
    package static func started(
        password: String? = nil, certificates: TestCertificates? = nil, options: [String] = []
    ) async throws -> RedisServer {
        let server = try RedisServer(password: password, certificates: certificates, options: options)
        try await server.start()
        return server
    }

    /// Starts the server, again on the same port when it ran before, and waits until it takes connections.
    package func start() async throws {
        let child = try ChildProcess("redis-server", arguments)
        process.withLock { $0 = child }
        try await eventually("redis-server takes connections on port \(port)", within: .seconds(10)) {
            guard !child.hasExited else { throw NeverHappened(description: "redis-server ended: \(child.output)") }
            return child.output.contains("Ready to accept connections")
        }
    }

    /// Stops the server in order.
    package func stop() async throws { try await end(with: SIGTERM) }

    /// Kills the server: its connections are reset, its port closes.
    package func kill() async throws { try await end(with: SIGKILL) }

    /// Hangs the server: connections stay, nothing answers.
    package func pause() { process.withLock { $0?.signal(SIGSTOP) } }

    package func resume() { process.withLock { $0?.signal(SIGCONT) } }

    private func end(with signal: Int32) async throws {
        guard let child = process.withLock({ $0 }) else { return }
        child.signal(signal)
        _ = try await child.wait()
        process.withLock { $0 = nil }
    }

    /// Runs redis-cli against the server.
    /// - Returns: what it printed, without the last line's end.
    @discardableResult
    package func cli(_ arguments: [String]) async throws -> String {
        try await RedisCLI(port: port, password: password, certificates: certificates).run(arguments)
    }

    private var arguments: [String] {
        let secret = password.map { ["--requirepass", $0, "--masterauth", $0] } ?? []
        let place = certificates?.serverArguments(port: port) ?? ["--port", "\(port)"]
        return place + ["--bind", "127.0.0.1", "--dir", directory.path, "--save", "", "--appendonly", "no"] + secret
            // Otherwise a replica waits five seconds for others that want the same copy.
            + ["--repl-diskless-sync-delay", "0"] + options
    }
}
