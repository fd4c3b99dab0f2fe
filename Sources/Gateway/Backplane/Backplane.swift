import NIOCore

/// Carries messages between workers: what the data plane asks of Redis Pub/Sub, and nothing of how it is done.
package protocol Backplane: AnyObject, Sendable {
    /// Connects and stays connected, reconnecting on its own; `events` is called on `eventLoop` only.
    func start(on eventLoop: any EventLoop, events: @escaping @Sendable (BackplaneEvent) -> Void)

    /// Asks for the messages of `channels`, from any thread; remembered across reconnects.
    func subscribe(_ channels: [String])

    /// Takes `subscribe` back, from any thread.
    func unsubscribe(_ channels: [String])

    /// Publishes one message, from any thread. Fails at once while not connected.
    func publish(_ payload: ByteBuffer, to channel: String) -> EventLoopFuture<Void>

    /// How long the backplane took to answer the last time, or takes already; nil while it is not connected, or where
    /// that is not known. From any thread.
    var roundTrip: Duration? { get }

    /// `host:port` of the server in use as last known, empty where that is not known. From any thread.
    var primary: String { get }

    /// Disconnects for good. `events` is not called after the future is done.
    func shutdown() -> EventLoopFuture<Void>
}

extension Backplane {
    package var roundTrip: Duration? { nil }
    package var primary: String { "" }
}

/// What a backplane reports.
package enum BackplaneEvent: Sendable {
    /// Connected, or connected again; the channels asked for are confirmed one by one after it.
    case connected
    /// Not connected, at the start or after having been; `reason` is for an operator to read.
    case lost(reason: String)
    /// From here on each message of `channel` is reported; said anew after every reconnect.
    case confirmed(channel: String)
    case message(channel: String, payload: ByteBuffer)
}
