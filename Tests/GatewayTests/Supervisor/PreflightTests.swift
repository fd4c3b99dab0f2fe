import FleetModel
import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

@Suite("What is checked before the first worker starts")
struct PreflightTests {
    let directory = FileManager.default.temporaryDirectory.appending(path: "gad-\(UUID().uuidString.prefix(8))").path

    func configuration(port: Int, workerPortBase: Int? = nil, workers: Int = 2) -> FleetConfiguration {
        FleetConfiguration(
            workers: workers, workerPortBase: workerPortBase, watchdog: .seconds(30),
            common: WorkerConfiguration(
                worker: WorkerID("t-w0"), node: "t", host: "127.0.0.1", sharedPort: port, workerPort: 0,
                runDirectory: directory, auditDirectory: directory + "/audit", authentication: .anonymous,
                redis: RedisSettings(url: "redis://127.0.0.1"), tls: nil, adminListener: nil, conformanceEcho: false,
                policy: GatewayPolicy(), loops: 1, shutdownDeadline: .seconds(30)))
    }

    func listener(reusePort: Bool) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.init(rawValue: SO_REUSEPORT)), value: reusePort ? 1 : 0)
            .bind(host: "127.0.0.1", port: 0).get()
    }

    @Test("a free port is found and kept, and workers can still bind it")
    func free() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let reservation = try Preflight(configuration: configuration(port: 0)).pass()
        #expect(reservation.port > 0)
        let worker = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.init(rawValue: SO_REUSEPORT)), value: 1)
            .bind(host: "127.0.0.1", port: reservation.port).get()
        try await worker.close()
        withExtendedLifetime(reservation) {}
    }

    @Test("a port that another process listens on is refused, even if that one shares it", arguments: [false, true])
    func taken(reusePort: Bool) async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let other = try await listener(reusePort: reusePort)
        let port = try #require(other.localAddress?.port)
        let error = #expect(throws: PortFailure.self) {
            try Preflight(configuration: configuration(port: port)).pass()
        }
        #expect(error?.description.contains("port \(port) of 127.0.0.1 is in use") == true)
        try await other.close()
    }

    @Test("a worker's own port that is taken is refused")
    func workerPortTaken() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let other = try await listener(reusePort: false)
        let port = try #require(other.localAddress?.port)
        #expect(throws: PortFailure.self) {
            try Preflight(configuration: configuration(port: 0, workerPortBase: port, workers: 1)).pass()
        }
        try await other.close()
    }

    @Test("a worker's own port that is the shared one is refused")
    func overlap() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let free = try PortReservation(host: "127.0.0.1", port: 0).port
        #expect(throws: PortOverlap.self) {
            try Preflight(configuration: configuration(port: free, workerPortBase: free)).pass()
        }
    }

    @Test("an address that this machine does not have is refused in words")
    func foreignAddress() {
        let error = #expect(throws: PortFailure.self) { try PortReservation(host: "192.0.2.1", port: 0) }
        #expect(error?.description.contains("no interface of this machine has the address 192.0.2.1") == true)
    }
}
