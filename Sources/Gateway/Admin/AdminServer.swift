import AdminAPI
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Serves a worker's admin API on its unix socket.
struct AdminServer: Service {
    private let socket: AdminSocket
    private let listener: (AdminListener, AdminTLS)?
    private let routes: AdminRoutes
    private let loops: any EventLoopGroup
    private let logger: Logger
    private let onListening: @Sendable () async -> Void

    /// - Parameters:
    ///   - listener: on TCP too, where there is one.
    ///   - onListening: called once, when the socket, and the port if there is one, take requests.
    init(
        socket: AdminSocket, listener: (AdminListener, AdminTLS)? = nil, routes: AdminRoutes, loops: any EventLoopGroup,
        logger: Logger,
        onListening: @escaping @Sendable () async -> Void = {}
    ) {
        self.socket = socket
        self.listener = listener
        self.routes = routes
        self.loops = loops
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until cancelled or shut down gracefully.
    /// - Throws: `AdminSocketFailure` when the socket cannot be bound, `CertificateFault` when the listener's files are
    ///   of no use.
    func run() async throws {
        try socket.prepare()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (listening, began) = AsyncStream<Void>.makeStream()
            group.addTask { try await serveSocket { began.yield() } }
            if let (listener, tls) = self.listener {
                group.addTask { try await serve(listener, tls) { began.yield() } }
            }
            group.addTask { [onListening, count = self.listener == nil ? 1 : 2] in
                var open = 0
                for await _ in listening {
                    open += 1
                    if open == count { await onListening() }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func serveSocket(_ onRunning: @escaping @Sendable () -> Void) async throws {
        let application = Application(
            router: routes.router(), server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: .init(address: .unixDomainSocket(path: socket.path)),
            onServerRunning: { _ in onRunning() }, eventLoopGroupProvider: .shared(loops), logger: quiet)
        try await application.run()
    }

    private func serve(
        _ listener: AdminListener, _ tls: AdminTLS, _ onRunning: @escaping @Sendable () -> Void
    ) async throws {
        try await tls.load()
        let refusals = RefusalLog(logger)
        let server = HTTPServerBuilder { responder in
            AdminTLSChannel(
                base: HTTP1Channel(responder: responder, configuration: .init(idleTimeout: Self.idleTimeout)), tls: tls,
                refusals: refusals)
        }
        let application = Application(
            router: routes.router(), server: server,
            configuration: .init(address: .hostname(listener.host, port: listener.port)),
            onServerRunning: { _ in onRunning() }, eventLoopGroupProvider: .shared(loops), logger: quiet)
        try await application.run()
    }

    /// Hummingbird tells of every start at info and of every stop at error; what fails in a route, we tell.
    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = .critical
        return quiet
    }

    /// A keep-alive connection without a request.
    private static let idleTimeout: TimeAmount = .seconds(60)
}
