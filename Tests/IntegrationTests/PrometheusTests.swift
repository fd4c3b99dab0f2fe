import FleetModel
import TestSupport
import Testing

extension Integration {
    @Suite("What Prometheus scrapes")
    struct PrometheusTests {
        /// A name that other people's dashboards and alerts rely on.
        struct Metric {
            let name: String
            /// Beside `worker` and `node`.
            let labels: Set<String>
            /// The traffic of the test makes it more than zero on every worker.
            let isFed: Bool

            init(_ name: String, _ labels: Set<String> = [], fed: Bool = false) {
                self.name = name
                self.labels = labels
                isFed = fed
            }
        }

        /// Those that the project's contract names, in its order.
        static let contract = [
            Metric("active_connections", fed: true), Metric("connections_total", fed: true),
            Metric("connections_closed_total", ["code"], fed: true), Metric("reconnects_total"),
            Metric("connection_churn_rate", fed: true), Metric("role_connections", ["role"], fed: true),
            Metric("room_connections", ["room"], fed: true), Metric("messages_received_total", ["class"], fed: true),
            Metric("messages_sent_total", ["class"], fed: true), Metric("broadcasts_total", ["class"], fed: true),
            Metric("messages_dropped_total", ["class", "reason"]), Metric("send_errors_total", ["reason"]),
            Metric("message_latency_seconds_count", ["class"], fed: true),
            Metric("message_latency_seconds_bucket", ["class", "le"], fed: true),
            Metric("message_latency_seconds_sum", ["class"]),
            Metric("auth_latency_seconds_count", fed: true), Metric("auth_latency_seconds_bucket", ["le"], fed: true),
            Metric("resource_cleanup_seconds_count", fed: true),
            Metric("resource_cleanup_seconds_bucket", ["le"], fed: true),
            Metric("heartbeat_last_timestamp", fed: true), Metric("heartbeat_timeouts_total"),
            Metric("queue_size", ["class"]), Metric("queue_bytes"), Metric("socket_health", fed: true),
            Metric("event_loop_lag_seconds"), Metric("circuit_breaker_state", ["name"]),
            Metric("redis_publish_latency_seconds_count", fed: true),
            Metric("redis_publish_latency_seconds_bucket", ["le"], fed: true),
            Metric("process_open_fds", fed: true), Metric("process_max_fds", fed: true),
            Metric("process_resident_memory_bytes", fed: true), Metric("process_cpu_seconds_total", fed: true),
        ]

        static let rooms = ["gov:alerts", "ops:north", "citizen:news"]

        @Test("has every name of the contract, from each worker, with its labels, fed by what really happened")
        func names() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let secret = try TestSecret()
            let gateway = try await Gadgate(redis: redis.url, options: ["--jwt-secret-file", secret.path])
            let ports = try await [gateway.identity(0).workerPort, gateway.identity(1).workerPort]
            let clients = try await ports.asyncMap { try await traffic(on: $0, secret) }
            defer { withExtendedLifetime(clients) {} }
            let prometheus = try await PrometheusServer(scraping: ports)
            for metric in Self.contract {
                let wanted = metric.isFed ? "\(metric.name) > 0" : metric.name
                let series = try await eventually("\(wanted) is there for both workers", within: .seconds(10)) {
                    let series = try await prometheus.query(wanted)
                    return Set(series.compactMap { $0.labels["worker"] }).count == 2 ? series : nil
                }
                for one in series {
                    let labels = Set(one.labels.keys).subtracting(["__name__", "job", "instance"])
                    #expect(labels == metric.labels.union(["worker", "node"]), "\(metric.name)")
                    #expect(one.labels["node"] == "gw")
                }
            }
            let breakers = try await prometheus.query("circuit_breaker_state")
            #expect(Set(breakers.compactMap { $0.labels["name"] }) == Set(BreakerName.allCases.map(\.rawValue)))
            let drops = try await prometheus.query("messages_dropped_total")
            #expect(Set(drops.compactMap { $0.labels["reason"] }) == Set(DropReason.allCases.map(\.rawValue)))
        }

        /// Clients of one worker that subscribe, publish in every class, answer pings and leave.
        /// - Returns: those that stay.
        private func traffic(on port: Int, _ secret: TestSecret) async throws -> [WebSocketClient] {
            let token = try await secret.token(user: "ana", role: "ADMIN")
            let clients = try await (0..<3).asyncMap { _ in
                try await WebSocketClient(port: port, headers: ["Authorization: Bearer \(token)"])
            }
            for client in clients { try await client.subscribe(Self.rooms) }
            for room in Self.rooms {
                try clients[0].send(
                    #"{"event_type":"publish","data":{"event_type":"news-\#(room)","topic":"\#(room)","data":{}}}"#)
                for client in clients { _ = try await client.envelope("news-\(room)") }
            }
            try clients[0].send(#"{"event_type":"ping"}"#)
            return Array(clients.dropLast())
        }
    }
}
