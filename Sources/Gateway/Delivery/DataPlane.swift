import AdminAPI
import FleetModel
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import WebSocket

/// The answer to a plain HTTP request on the serving port.
package struct PlainResponse: Sendable {
    package var status: HTTPResponseStatus
    package var contentType: String
    package var body: ByteBuffer

    package init(status: HTTPResponseStatus, contentType: String, body: ByteBuffer) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

/// Answers GET requests that are not the data plane's own, by path; nil where there is no such path.
package typealias PlainRoutes = @Sendable (_ path: String) async -> PlainResponse?

/// A worker's serving side: its two ports, its clients, and the delivery of messages to them.
package final class DataPlane: Sendable {
    let shards: [LoopShard]
    let exchange: Exchange
    let load: WorkerLoad
    let configuration: DataPlaneConfiguration
    let breakers: BreakerBoard
    private let routes: PlainRoutes
    private let ports = Mutex(Ports())
    let watch: Mutex<PlaneWatch>
    let roomBook: RoomBook

    private struct Ports {
        var services: HandshakeServices?
        var own: BoundPort?
        /// nil while the worker refuses new clients.
        var shared: BoundPort?
        /// Why new clients are refused; empty while they are welcome.
        var closedFor: Set<PlannedClose> = []
        var sharedPort = 0
        var workerPort = 0
    }

    /// - Parameters:
    ///   - loops: at least one; the first carries the backplane as well.
    ///   - log: without it no room has a stream.
    package init(
        configuration: DataPlaneConfiguration, loops: [any EventLoop], backplane: any Backplane,
        log: (any CriticalLog)? = nil, breakers: BreakerBoard? = nil, routes: @escaping PlainRoutes, logger: Logger
    ) {
        self.configuration = configuration
        self.routes = routes
        watch = Mutex(PlaneWatch())
        self.breakers = breakers ?? BreakerBoard(policy: configuration.policy.breakers)
        let load = WorkerLoad(loops: loops.count)
        self.load = load
        let exchange = Exchange(
            loop: loops[0], backplane: backplane, log: log, breakers: self.breakers, load: load,
            policy: configuration.policy, logger: logger)
        self.exchange = exchange
        let shards = loops.map { LoopShard(loop: $0, configuration: configuration, exchange: exchange, load: load) }
        self.shards = shards
        roomBook = RoomBook { await Self.roomCounts(of: shards) }
    }

    /// Binds both ports and starts the backplane.
    /// - Throws: `ListenFailure`, which names the port and what to do, `WeakSecret`, or `CertificateFault`.
    package func start() async throws {
        let authenticator = try await Authenticator(configuration.authentication)
        var tls: ServerTLS?
        if let files = configuration.tls { tls = try await ServerTLS(files) }
        let services = HandshakeServices(
            configuration: configuration, authenticator: authenticator, tls: tls, routes: routes)
        _ = await onEachShard { $0.authenticator = authenticator }
        try await startLoops()
        let listener = Listener(services: services, shards: shards)
        let own = try await listener.bindOwn(host: configuration.host, port: configuration.workerPort)
        ports.withLock {
            $0.services = services
            $0.own = own
            $0.workerPort = own.port
        }
        do {
            try await bindShared(services, port: configuration.sharedPort)
        } catch {
            await own.close()
            throw error
        }
    }

    /// Reads certificate and key again, for handshakes from then on.
    /// - Throws: `CertificateFault`, which names the file; the pair that was there stays in use.
    package func reloadCertificates() async throws { try await services?.tls?.reload() }

    var services: HandshakeServices? { ports.withLock(\.services) }

    /// The shared port as bound; 0 before `start`.
    package var sharedPort: Int { ports.withLock(\.sharedPort) }
    /// The worker's own port as bound; 0 before `start`.
    package var workerPort: Int { ports.withLock(\.workerPort) }

    /// Closes the shared listener; on the worker's own port health is still served and upgrades get 503.
    /// - Parameter cause: what closes count as from here on, also those of clients that leave by themselves.
    package func refuseNew(for cause: DrainCause = .operator) async {
        _ = await onEachShard { $0.refusing = PlannedClose(cause) }
        await shutDoor(for: PlannedClose(cause))
    }

    /// Takes `refuseNew` back; a worker that gives connections away goes on refusing.
    /// - Throws: `ListenFailure` when the shared port cannot be bound again.
    package func acceptNew() async throws {
        try await openDoor(for: [.drain, .shutdown])
        _ = await onEachShard { $0.refusing = nil }
    }

    /// Refuses new clients until every cause to do so is taken back.
    func shutDoor(for cause: PlannedClose) async {
        let listener = ports.withLock { ports in
            ports.closedFor.insert(cause)
            ports.services?.isRefusing = true
            defer { ports.shared = nil }
            return ports.shared
        }
        await listener?.close()
    }

    /// Accepts again once no other cause is left.
    /// - Throws: `ListenFailure` when the shared port cannot be bound again.
    func openDoor(for causes: Set<PlannedClose>) async throws {
        let unbound = ports.withLock { ports in
            ports.closedFor.subtract(causes)
            return ports.closedFor.isEmpty && ports.shared == nil ? ports.services : nil
        }
        if let unbound { try await bindShared(unbound, port: sharedPort) }
        ports.withLock { if $0.closedFor.isEmpty { $0.services?.isRefusing = false } }
    }

    /// Closes every connection with 3001, then the listeners and the backplane.
    package func stop() async {
        await refuseNew(for: .shutdown)
        await closeAll()
        let own = ports.withLock { ports in
            defer { ports.own = nil }
            return ports.own
        }
        await own?.close()
        _ = await onEachShard { $0.stopTicking() }
        // A backplane that fails to say goodbye is gone all the same.
        try? await exchange.stop().get()
    }

    private func startLoops() async throws {
        _ = await onEachShard { $0.startTicking() }
        try await exchange.loop.submit { [exchange, shards] in exchange.start(shards) }.get()
    }

    private func bindShared(_ services: HandshakeServices, port: Int) async throws {
        let listener = Listener(services: services, shards: shards)
        let bound = try await listener.bindShared(host: configuration.host, port: port)
        // While it was being bound somebody may have closed the door, or opened it too.
        let surplus = ports.withLock { ports -> BoundPort? in
            ports.sharedPort = bound.port
            guard ports.closedFor.isEmpty, ports.shared == nil else { return bound }
            ports.shared = bound
            return nil
        }
        await surplus?.close()
    }

    /// Closes until nobody is left, handshakes that were under way included; the timing wheel bounds each close.
    private func closeAll() async {
        let deadline = ContinuousClock.now + configuration.closeTimeout + .seconds(1)
        while await connectionCount() > 0, ContinuousClock.now < deadline {
            _ = await close(
                atMost: .max, code: .shutdown, reason: "the worker stops; connect again", as: .shutdown)
            // A cancelled caller waits no longer; the connections are cut with the process.
            guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return }
        }
    }
}
