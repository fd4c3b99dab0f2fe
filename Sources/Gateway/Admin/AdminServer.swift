import AdminAPI
import Glibc
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Serves a worker's admin API on its unix socket.
struct AdminServer: Service {
    private let socket: AdminSocket
    private let routes: AdminRoutes
    private let loops: any EventLoopGroup
    private let logger: Logger
    private let onListening: @Sendable () async -> Void

    /// - Parameter onListening: called once, when the socket takes requests.
    init(
        socket: AdminSocket, routes: AdminRoutes, loops: any EventLoopGroup, logger: Logger,
        onListening: @escaping @Sendable () async -> Void = {}
    ) {
        self.socket = socket
        self.routes = routes
        self.loops = loops
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until cancelled or shut down gracefully.
    /// - Throws: `AdminSocketFailure` when the socket cannot be bound.
    func run() async throws {
        try socket.prepare()
        var quiet = logger
        // Hummingbird tells of every start at info and of every stop at error; what fails in a route, we tell.
        quiet.logLevel = .critical
        let application = Application(
            router: routes.router(), server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: .init(address: .unixDomainSocket(path: socket.path)),
            onServerRunning: { _ in await onListening() }, eventLoopGroupProvider: .shared(loops), logger: quiet)
        try await application.run()
    }

    /// A keep-alive connection without a request.
    private static let idleTimeout: TimeAmount = .seconds(60)
}
