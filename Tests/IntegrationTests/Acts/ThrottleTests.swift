import AdminAPI
import FoundationEssentials
import Glibc
import NIOCore
import TestSupport
import Testing

extension Integration {
    @Suite("A throttle over two workers")
    struct ThrottleTests {
        /// Publishes to a room from one worker's own port, as fast as it may, and counts the answers.
        final class Flood {
            private let client: WebSocketClient
            private let room: String
            private var sent = 0
            private(set) var published = 0
            private(set) var throttled = 0

            init(port: Int, room: String) async throws {
                self.room = room
                client = try await WebSocketClient(port: port)
                _ = try await client.envelope("connection_ack")
            }

            /// Publishes through all of them at once.
            /// - Parameter rate: messages a second through each, for `seconds`.
            static func run(_ floods: [Flood], rate: Int, seconds: Int) async throws {
                let start = ContinuousClock.now
                for index in 0..<(rate * seconds) {
                    let due = start + .milliseconds(index * 1000 / rate)
                    if due > .now { try await Task.sleep(until: due, clock: .continuous) }
                    for flood in floods { try flood.publish() }
                }
                for flood in floods { try await flood.takeAnswers() }
            }

            private func publish() throws {
                sent += 1
                try client.send(#"{"event_type":"publish","data":{"event_type":"flood","topic":"\#(room)","data":{}}}"#)
            }

            private func takeAnswers() async throws {
                while published + throttled < sent {
                    guard case .text(let text) = try await client.next(within: .seconds(10)) else { continue }
                    let envelope = try Envelope(String(buffer: text))
                    if envelope.eventType == "published" { published += 1 }
                    if envelope.eventType == "error", envelope.data["code"]?.string == "throttled" { throttled += 1 }
                }
            }
        }

        @Test(
            "holds what clients publish to the rate of the whole fleet, is listed with its hits, and ends when cleared")
        func rate() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(workers: 2, redis: redis.url)
            let set = try await OperatorCommand.run(
                ["throttle", "set", "citizen:*", "--rate", "40/s", "--for", "2m", "--yes", "-o", "json"], on: gateway)
            #expect(set.exit == .code(0), "\(set.errors)")
            #expect(try set.json()["workers"]?.items.count == 2)
            let floods = try await floods(gateway)
            try await Flood.run(floods, rate: 100, seconds: 10)
            let passed = floods.reduce(0) { $0 + $1.published }
            #expect((360...440).contains(passed), "\(passed) of 2,000 messages passed in 10 s at 40/s")
            let list = try await OperatorCommand.run(["get", "throttles", "-o", "json"], on: gateway).json()
            #expect(list.items.first?["hits"]?.number.map { Int($0) } == 2_000 - passed)
            let cleared = try await OperatorCommand.run(["throttle", "clear", "citizen:*", "--yes"], on: gateway)
            #expect(cleared.exit == .code(0), "\(cleared.errors)")
            let free = try await Flood(port: try await gateway.identity(0).workerPort, room: "citizen:a")
            try await Flood.run([free], rate: 100, seconds: 1)
            #expect(free.throttled == 0)
        }

        @Test("holds on a worker that was killed and came back, and ends by itself")
        func restart() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(workers: 2, redis: redis.url)
            let set = try await OperatorCommand.run(
                ["throttle", "set", "citizen:*", "--rate", "1/s", "--for", "12s", "--yes"], on: gateway)
            #expect(set.exit == .code(0), "\(set.errors)")
            let before = try await gateway.identity(1).pid
            kill(before, SIGKILL)
            try await eventually("the worker is back", within: .seconds(10)) {
                guard let identity = try? await gateway.identity(1) else { return false }
                return identity.pid != before && identity.state == .active
            }
            try await eventually("it keeps to the throttle", within: .seconds(5)) {
                try await throttles(of: 1, gateway).map(\.rule.pattern.rawValue) == ["citizen:*"]
            }
            try await eventually("it has ended everywhere", within: .seconds(15)) {
                let lists = try await [throttles(of: 0, gateway), throttles(of: 1, gateway)]
                return lists.allSatisfy(\.isEmpty)
            }
        }

        @Test("of a pattern that names critical rooms is refused, and said to be before anything is done")
        func critical() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(workers: 2, redis: redis.url)
            let client = try await WebSocketClient(port: gateway.port)
            _ = try await client.envelope("connection_ack")
            try await client.subscribe(["gov:alerts"])
            let refused = try await OperatorCommand.run(
                ["throttle", "set", "*", "--rate", "5/s", "--yes"], on: gateway)
            #expect(refused.exit == .code(1))
            #expect(refused.errors.contains("gov:alerts") && refused.errors.contains("--override-critical"))
            #expect(try await throttles(of: 0, gateway).isEmpty)
            let planned = try await OperatorCommand.run(
                ["throttle", "set", "*", "--rate", "5/s", "--override-critical", "--dry-run", "-o", "json"], on: gateway
            )
            #expect(planned.exit == .code(0))
            #expect(try planned.json()["rooms"]?.number == 1)
        }

        private func throttles(of index: Int, _ gateway: Gadgate) async throws -> [ThrottleList.Item] {
            try AdminJSON.decode(ThrottleList.self, from: try await gateway.curl(index, "/v1/throttles")).items
        }

        private func floods(_ gateway: Gadgate) async throws -> [Flood] {
            try await (0..<2).asyncMap { index in
                try await Flood(port: try await gateway.identity(index).workerPort, room: "citizen:r\(index)")
            }
        }
    }
}
