import FleetModel
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

/// A data plane on ports of its own, for the time of one test.
struct TestWorker {
    let plane: DataPlane
    let backplane: MemoryBackplane

    var port: Int { plane.sharedPort }

    /// Runs `body` with a worker, and stops it whatever happens.
    static func run(
        _ broker: MemoryBroker = MemoryBroker(), backplane: MemoryBackplane? = nil,
        log: (any CriticalLog)? = nil, loops: Int = 1,
        authentication: DataPlaneConfiguration.Authentication = .anonymous,
        configure: (inout DataPlaneConfiguration) -> Void = { _ in }, _ body: (TestWorker) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
        var configuration = DataPlaneConfiguration(
            worker: WorkerID(node: "test", index: 0), sharedPort: 0, authentication: authentication)
        configuration.closeTimeout = .milliseconds(500)
        configure(&configuration)
        let backplane = backplane ?? MemoryBackplane(broker)
        let plane = DataPlane(
            configuration: configuration, loops: Array(group.makeIterator()), backplane: backplane, log: log,
            routes: { path in path == "/health/live" ? Self.alive : nil }, logger: Logger(label: "test"))
        try await plane.start()
        do {
            try await body(TestWorker(plane: plane, backplane: backplane))
        } catch {
            await plane.stop()
            try await group.shutdownGracefully()
            throw error
        }
        await plane.stop()
        try await group.shutdownGracefully()
    }

    private static let alive = PlainResponse(
        status: .ok, contentType: "text/plain", body: ByteBuffer(string: "alive\n"))
}

/// Polls until `condition` holds; records an issue where it does not within five seconds.
func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(5)
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("not within 5 s: \(what)")
            return
        }
        try await Task.sleep(for: .milliseconds(2))
    }
}
