import FoundationEssentials

/// The demo's Redis: a primary, its replicas, and the Sentinels that watch them.
struct DemoRedis {
    /// Of the Redis servers, the first primary first.
    let servers: [Int]
    let sentinels: [Int]

    /// What the Sentinels call the primary.
    static let master = "gad"
    private static let serverCount = 3
    private static let sentinelCount = 3
    /// Sentinels that must agree that the primary is gone.
    private static let quorum = 2

    /// Chooses ports; starts nothing.
    init() throws {
        let ports = try LoopbackPort.free(Self.serverCount + Self.sentinelCount)
        servers = Array(ports.prefix(Self.serverCount))
        sentinels = Array(ports.dropFirst(Self.serverCount))
    }

    /// For a program's `--sentinel`.
    var sentinelList: String { sentinels.map { "127.0.0.1:\($0)" }.joined(separator: ",") }

    /// The arguments of the server with that index. Nothing is kept on disk but what replicas copy.
    func serverArguments(_ index: Int, directory: String) -> [String] {
        let arguments = [
            "--bind", "127.0.0.1", "--port", String(servers[index]), "--save", "", "--appendonly", "no", "--dir",
            directory, "--dbfilename", "redis-\(index).rdb", "--repl-diskless-sync-delay", "0",
        ]
        return index == 0 ? arguments : arguments + ["--replicaof", "127.0.0.1 \(servers[0])"]
    }

    /// The configuration of the Sentinel with that index. It is a file because a Sentinel writes down what it learns.
    func sentinelConfiguration(_ index: Int, directory: String) -> String {
        """
        port \(sentinels[index])
        bind 127.0.0.1
        dir "\(directory)"
        sentinel monitor \(Self.master) 127.0.0.1 \(servers[0]) \(Self.quorum)
        sentinel down-after-milliseconds \(Self.master) 3000
        sentinel failover-timeout \(Self.master) 10000

        """
    }

    /// Whether the replicas copy from the primary, which is when Sentinels can learn of them at their first look.
    var isReplicating: Bool {
        let info = LoopbackPort.ask(servers[0], "INFO replication") ?? ""
        return info.components(separatedBy: "state=online").count == Self.serverCount
    }

    /// Whether every Sentinel knows the replicas and the other Sentinels, so that a failover can be asked of any.
    var isWatched: Bool {
        sentinels.allSatisfy { port in
            LoopbackPort.ask(port, "INFO sentinel")?
                .contains("slaves=\(Self.serverCount - 1),sentinels=\(Self.sentinelCount)") ?? false
        }
    }
}
