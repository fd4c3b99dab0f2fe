import FleetModel
import NIOCore

/// Publishes through a WebSocket to a server that is no gateway of ours, which takes what it is sent and says nothing
/// that matters here.
final class PeerSink: PublishSink, ConnectionOwner {
    private let loop: any EventLoop
    private let dialect: Dialect
    private let dialler: Dialler
    private let request: UpgradeRequest
    private var connection: ClientConnection<PeerSink>?
    private var isOpen = false
    private let firstOpen: EventLoopPromise<Void>

    /// - Throws: `LoadRefusal` when the target's address cannot be found.
    init(_ dialect: Dialect, target: TargetURL, certificateAuthority: String?, loop: any EventLoop) throws {
        self.loop = loop
        self.dialect = dialect
        dialler = try Dialler(publisherTo: target, certificateAuthority: certificateAuthority, loop: loop)
        request = dialect.request(to: target, token: nil, previous: nil)
        firstOpen = loop.makePromise()
    }

    var isReady: Bool { isOpen && (connection?.isWritable ?? false) }

    func start() -> EventLoopFuture<Void> {
        let connection = ClientConnection(owner: self, request: request)
        self.connection = connection
        dialler.dial(connection, to: 0, number: 0) { self.ended(.unreachable($0)) }
        return firstOpen.futureResult
    }

    func stop() -> EventLoopFuture<Void> {
        connection?.close(.goingAway)
        return loop.makeSucceededVoidFuture()
    }

    func publish(_ envelope: String, id: String, to room: RoomName, outcome: @escaping (PublishOutcome) -> Void) {
        guard let connection else { return outcome(.unconfirmed) }
        switch dialect {
        case .nats: connection.send(NATSText.publish(envelope, to: room))
        case .plain, .gad: connection.send(envelope)
        }
        outcome(.taken)
    }

    func opened() {
        isOpen = true
        if dialect == .nats { connection?.send(NATSText.hello(rooms: [])) }
        firstOpen.succeed()
    }

    func received(_ message: UnsafeRawBufferPointer, at now: UInt64) {
        guard dialect == .nats else { return }
        // What a server says to a publisher is nothing to act on, but for its question whether it is there.
        _ = NATSText.forEach(in: message) { if $0 == .ping { connection?.send("PONG\r\n") } }
    }

    func ended(_ end: ConnectionEnd) {
        isOpen = false
        connection = nil
        firstOpen.fail(PublishRefusal(end: end))
    }
}
