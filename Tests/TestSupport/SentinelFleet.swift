import FoundationEssentials
import Glibc

/// A primary, its replicas and the Sentinels that watch them, on free ports of 127.0.0.1. All end with the value.
///
/// The Sentinels take a server for down after one second, so that a test of a failover takes a few.
package final class SentinelFleet: Sendable {
    /// What the Sentinels call the primary.
    package static let master = "gad"

    /// The first is the primary at the start.
    package let servers: [RedisServer]
    package let sentinels: [SentinelProcess]

    /// `host:port` of each Sentinel.
    package var addresses: [String] { sentinels.map { "127.0.0.1:\($0.port)" } }

    /// Starts all of it, and waits until every Sentinel knows every server and the others.
    /// - Parameters:
    ///   - password: of the servers.
    ///   - sentinelPassword: of the Sentinels themselves.
    package init(
        replicas: Int = 2, sentinels: Int = 3, password: String? = nil, sentinelPassword: String? = nil,
        certificates: TestCertificates? = nil
    ) async throws {
        let primary = try await RedisServer.started(password: password, certificates: certificates)
        var servers = [primary]
        for _ in 0..<replicas {
            servers.append(
                try await RedisServer.started(
                    password: password, certificates: certificates,
                    options: ["--replicaof", "127.0.0.1", "\(primary.port)"]))
        }
        self.servers = servers
        self.sentinels = try (0..<sentinels).map { _ in
            try SentinelProcess(
                watching: primary, quorum: sentinels / 2 + 1, password: sentinelPassword, certificates: certificates)
        }
        try await awaitKnowledge()
    }

    private func awaitKnowledge() async throws {
        for sentinel in sentinels {
            try await eventually("a Sentinel knows all servers and Sentinels", within: .seconds(20)) {
                let facts = try await sentinel.facts()
                return facts["num-slaves"] == "\(servers.count - 1)"
                    && facts["num-other-sentinels"] == "\(sentinels.count - 1)" && facts["flags"] == "master"
            }
        }
        for replica in servers.dropFirst() {
            try await eventually("a replica follows its primary", within: .seconds(20)) {
                try await replica.cli(["INFO", "replication"]).contains("master_link_status:up")
            }
        }
    }

    /// The server that the Sentinels name.
    package func primary() async throws -> RedisServer {
        try await eventually("a Sentinel that is asked names the primary") {
            let words = try await sentinels[0].cli(["SENTINEL", "get-master-addr-by-name", Self.master])
            let port = words.split(separator: "\n").last.flatMap { Int($0) }
            return servers.first { $0.port == port }
        }
    }

    /// Has another server promoted though the primary is well.
    package func failOver() async throws {
        try await eventually("the Sentinels begin a failover", within: .seconds(20)) {
            try await sentinels[0].cli(["SENTINEL", "FAILOVER", Self.master]) == "OK"
        }
    }

    /// Waits until the Sentinels name another server than `old`, and that one says the same of itself.
    package func awaitPrimary(otherThan old: RedisServer) async throws -> RedisServer {
        try await eventually("another server is the primary", within: .seconds(30)) {
            let primary = try await primary()
            guard primary.port != old.port else { return nil }
            return try await primary.cli(["ROLE"]).hasPrefix("master") ? primary : nil
        }
    }
}

/// One Sentinel.
package final class SentinelProcess: Sendable {
    package let port: Int
    private let password: String?
    private let certificates: TestCertificates?
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    fileprivate init(
        watching primary: RedisServer, quorum: Int, password: String?, certificates: TestCertificates?
    ) throws {
        port = try FreePort.next()
        self.password = password
        self.certificates = certificates
        directory = try TemporaryDirectory()
        let name = SentinelFleet.master
        let lines = [
            "sentinel monitor \(name) 127.0.0.1 \(primary.port) \(quorum)",
            "sentinel down-after-milliseconds \(name) 1000", "sentinel failover-timeout \(name) 6000",
            "sentinel parallel-syncs \(name) 8", primary.password.map { "sentinel auth-pass \(name) \($0)" } ?? "",
        ]
        let file = directory.path("sentinel.conf")
        // A Sentinel writes what it learns into its file.
        try lines.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
        let place = certificates?.serverArguments(port: port) ?? ["--port", "\(port)"]
        let secret = password.map { ["--requirepass", $0] } ?? []
        process = try ChildProcess(
            "redis-server", [file, "--sentinel", "--bind", "127.0.0.1", "--dir", directory.path] + place + secret)
    }

    package func kill() { process.signal(SIGKILL) }
    package func pause() { process.signal(SIGSTOP) }
    package func resume() { process.signal(SIGCONT) }

    package func cli(_ arguments: [String]) async throws -> String {
        try await RedisCLI(port: port, password: password, certificates: certificates).run(arguments)
    }

    /// What the Sentinel says of the primary; empty while it does not answer.
    fileprivate func facts() async throws -> [String: String] {
        guard !process.hasExited else { throw NeverHappened(description: "a Sentinel ended: \(process.output)") }
        guard let words = try? await cli(["SENTINEL", "MASTER", SentinelFleet.master]) else { return [:] }
        let lines = words.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let pairs = stride(from: 0, to: lines.count - 1, by: 2).map { (lines[$0], lines[$0 + 1]) }
        return Dictionary(pairs) { $1 }
    }
}
