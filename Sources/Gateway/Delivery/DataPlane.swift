import AdminAPI
import FleetModel
import Logging
import NIOCore
import NIOHTTP1
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
    package init(
        configuration: DataPlaneConfiguration, loops: [any EventLoop], backplane: any Backplane,
        routes: @escaping PlainRoutes, logger: Logger
    ) {
        fatalError("under construction")
    }

    /// Binds both ports and starts the backplane.
    /// - Throws: `ListenFailure`, which names the port and what to do.
    package func start() async throws { fatalError("under construction") }

    /// The shared port as bound; 0 before `start`.
    package var sharedPort: Int { 0 }
    /// The worker's own port as bound; 0 before `start`.
    package var workerPort: Int { 0 }

    /// Closes the shared listener; on the worker's own port health is still served and upgrades get 503.
    package func refuseNew() async {}

    /// Takes `refuseNew` back.
    /// - Throws: `ListenFailure` when the shared port cannot be bound again.
    package func acceptNew() async throws {}

    /// Tells every client to reconnect elsewhere, each within its own random part of `spread`.
    /// - Returns: how many were told.
    package func announceReconnect(spread: Duration) async -> Int { 0 }

    /// Closes up to `count` open connections, chosen at random, and counts them as planned.
    /// - Returns: how many close frames were sent.
    package func close(atMost count: Int, code: CloseCode, reason: String) async -> Int { 0 }

    package func connectionCount() async -> Int { 0 }

    package func snapshot() async -> DataPlaneSnapshot { DataPlaneSnapshot() }

    /// One page of this worker's rooms, largest first, then by name.
    /// - Throws: `AdminError` for a cursor that is not one of ours.
    package func rooms(prefix: String, after cursor: String?, limit: Int) async throws -> Page<RoomInfo> {
        Page(items: [], total: 0, nextCursor: nil)
    }

    /// One page of this worker's connections, in the order of their ids.
    /// - Throws: `AdminError` for a cursor that is not one of ours.
    package func connections(
        _ selector: ConnectionSelector, after cursor: String?, limit: Int
    ) async throws -> Page<ConnectionInfo> {
        Page(items: [], total: 0, nextCursor: nil)
    }

    /// Closes every connection with 3001, then the listeners and the backplane.
    package func stop() async {}
}
