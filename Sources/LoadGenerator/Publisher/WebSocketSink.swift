import FleetModel
import NIOCore
import Redis
import WebSocket

/// Publishes through a WebSocket of its own, as a client of the gateway that is allowed to.
final class WebSocketSink: PublishSink, ConnectionOwner {
    private let loop: any EventLoop
    private let dialler: Dialler
    private let request: UpgradeRequest
    private var connection: ClientConnection<WebSocketSink>?
    private var isOpen = false
    private var isStopped = false
    private var backoff = ClientLife.standardBackoff
    private var random = SystemRandomNumberGenerator()
    /// By message id: what the gateway has not confirmed.
    private var pending: [String: (PublishOutcome) -> Void] = [:]
    private let firstOpen: EventLoopPromise<Void>

    /// - Throws: `LoadRefusal` when the target's address cannot be found.
    init(target: TargetURL, token: String?, certificateAuthority: String?, loop: any EventLoop) throws {
        self.loop = loop
        dialler = try Dialler(publisherTo: target, certificateAuthority: certificateAuthority, loop: loop)
        request = UpgradeRequest(target: target, token: token)
        firstOpen = loop.makePromise()
    }

    var isReady: Bool { isOpen && (connection?.isWritable ?? false) }

    func start() -> EventLoopFuture<Void> {
        dial()
        return firstOpen.futureResult
    }

    func stop() -> EventLoopFuture<Void> {
        isStopped = true
        failPending()
        connection?.close(.goingAway)
        return loop.makeSucceededVoidFuture()
    }

    func publish(_ envelope: String, id: String, to room: RoomName, outcome: @escaping (PublishOutcome) -> Void) {
        pending[id] = outcome
        connection?.send("{\"event_type\":\"publish\",\"data\":" + envelope + "}")
    }

    // MARK: What the connection tells

    func opened() {
        isOpen = true
        backoff.reset()
        firstOpen.succeed()
    }

    func received(_ message: UnsafeRawBufferPointer, at now: UInt64) {
        switch ServerEnvelope(json: message) {
        case .published(let message?): pending.removeValue(forKey: message)?(.taken)
        case .error(code: _, let message?): pending.removeValue(forKey: message)?(.unconfirmed)
        case .ping: connection?.send(#"{"event_type":"pong"}"#)
        case .published(nil), .error(code: _, nil), .acknowledgement, .subscribed, .resumed, .reconnect, .delivered,
            nil:
            break
        }
    }

    func ended(_ end: ConnectionEnd) {
        isOpen = false
        connection = nil
        failPending()
        firstOpen.fail(PublishRefusal(end: end))
        guard !isStopped, end.mayReturn else { return }
        loop.assumeIsolated().scheduleTask(in: TimeAmount(backoff.next(using: &random))) { self.dial() }
    }

    private func failPending() {
        let unanswered = pending
        pending = [:]
        for outcome in unanswered.values { outcome(.unconfirmed) }
    }

    private func dial() {
        guard !isStopped else { return }
        let handler = ClientConnection(owner: self, request: request)
        connection = handler
        dialler.dial(handler, to: 0, number: 0) { self.ended(.unreachable($0)) }
    }
}

/// Why nothing can be published through a WebSocket.
struct PublishRefusal: Error, CustomStringConvertible {
    let end: ConnectionEnd

    var description: String { "the connection to publish through was not accepted (\(end)): check --url and the token" }
}
