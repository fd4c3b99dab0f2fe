import AdminAPI
import FleetModel
import NIOPosix
import TestSupport
import Testing

@testable import Gateway

@Suite("Probes between workers")
struct ProbeStationTests {
    /// Two workers on one broker.
    final class World: Sendable {
        let broker = MemoryBroker()
        let log: MemoryCriticalLog
        let backplanes: [MemoryBackplane]
        let stations: [ProbeStation]
        private let wrapped: [ProbedBackplane]

        init() {
            let (broker, log) = (broker, MemoryCriticalLog(broker))
            self.log = log
            backplanes = (0..<2).map { _ in MemoryBackplane(broker) }
            var policy = GatewayPolicy()
            policy.streams.checkInterval = .milliseconds(50)
            let loops = backplanes.map { _ in MultiThreadedEventLoopGroup.singleton.any() }
            stations = loops.enumerated().map { [policy] index, loop in
                ProbeStation(
                    worker: WorkerID(node: "gw", index: index), loop: loop,
                    breakers: BreakerBoard(policy: BreakerPolicy()), log: log, clock: SteadyClock(startedAt: .now),
                    policy: policy)
            }
            wrapped = zip(backplanes, stations).map { ProbedBackplane($0, station: $1) }
            for (backplane, loop) in zip(wrapped, loops) { backplane.start(on: loop) { _ in } }
        }

        func order(_ order: ProbeOrder) async throws {
            for station in stations { _ = try await station.take(order) }
        }

        func reports() async throws -> [ProbeReport] {
            var reports: [ProbeReport] = []
            for station in stations { reports.append(try await station.report()) }
            return reports
        }

        /// What each has of the other by a way, at least.
        func received(_ lane: ProbeLane) async throws -> Int {
            try await reports().flatMap { report in
                stations.map { station in
                    report.received.first { $0.lane == lane && $0.sender == station.worker }?.received.count ?? 0
                }
            }.min() ?? 0
        }
    }

    static let order = ProbeOrder(drill: "d1", ratePerSecond: 100, duration: .seconds(60))
    static let room = RoomName("gov:drill:d1")

    @Test("every worker receives from every worker by both ways, and the stream is gone at the end")
    func wholeLife() async throws {
        let world = World()
        try await world.order(Self.order)
        for lane in ProbeLane.allCases {
            try await eventually("probes arrive") { try await world.received(lane) >= 10 }
        }
        var stop = Self.order
        stop.stop = true
        try await world.order(stop)
        try await eventually("the probes end", within: .seconds(10)) {
            try await world.reports().allSatisfy { $0.phase == .ended }
        }
        for report in try await world.reports() {
            for receipts in report.received {
                let sent = try await world.reports().first { $0.worker == receipts.sender }?.sent
                let acknowledged = try #require(sent?.first { $0.lane == receipts.lane }?.acknowledged)
                #expect(acknowledged.count(from: receipts.received.first ?? 1, notIn: receipts.received) == 0)
                #expect(receipts.duplicated == 0)
            }
        }
        let room = try #require(Self.room)
        try await eventually("the stream is forgotten", within: .seconds(10)) { !world.log.has(room) }
    }

    @Test("what Pub/Sub loses is lost by the one way, and repaired from the stream by the other")
    func losses() async throws {
        let world = World()
        try await world.order(Self.order)
        try await eventually("probes arrive") { try await world.received(.stream) >= 5 }
        world.broker.isLosing = true
        let before = try await world.reports()[0].sent.first { $0.lane == .stream }?.acknowledged.count ?? 0
        try await eventually("more is sent") {
            try await world.reports()[0].sent.first { $0.lane == .stream }?.acknowledged.count ?? 0 > before + 5
        }
        world.broker.isLosing = false
        try await eventually("the stream is caught up with") {
            try await world.reports().allSatisfy { report in
                report.repaired > 0
                    && report.received.filter { $0.lane == .stream }.allSatisfy { $0.received.ranges.count == 1 }
            }
        }
        let lost = try await world.reports()[0].received.filter { $0.lane == .pubsub }
        #expect(lost.allSatisfy { $0.received.ranges.count > 1 })
    }

    @Test("a connection that was lost and is back is told as a move")
    func moves() async throws {
        let world = World()
        try await world.order(Self.order)
        try await eventually("probes arrive") { try await world.received(.stream) >= 5 }
        world.backplanes[0].lose()
        world.backplanes[0].connect()
        let move = try await eventually("it receives again") {
            try await world.reports()[0].moves.last { $0.firstPubSubAt != nil && $0.firstStreamAt != nil }
        }
        #expect(move.resubscribedAt.map { $0 >= move.leftAt } == true)
    }

    @Test("probes that nobody renews end by themselves, and those of another drill are refused meanwhile")
    func lease() async throws {
        let world = World()
        var short = Self.order
        short.lease = .milliseconds(300)
        try await world.order(short)
        let refusal = await #expect(throws: AdminError.self) {
            try await world.stations[0].take(ProbeOrder(drill: "d2", duration: .seconds(60)))
        }
        #expect(refusal?.code == .conflict)
        try await eventually("the probes end", within: .seconds(10)) {
            try await world.reports().allSatisfy { $0.phase == .ended }
        }
        #expect(try await world.reports()[0].end?.contains("nobody leads") == true)
    }
}
