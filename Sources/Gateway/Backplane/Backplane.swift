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

    /// Disconnects for good. `events` is not called after the future is done.
    func shutdown() -> EventLoopFuture<Void>
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
