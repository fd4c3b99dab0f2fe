import Logging
import NIOCore
import NIOPosix

/// One connection to Redis for commands, made again whenever it ends.
package final class RedisClient: Sendable {
    package let eventLoop: any EventLoop
    private let topology: RedisTopology
    private let settings: RedisLink.Settings
    private let logger: Logger
    /// Filled by `start`, emptied by `shutdown`.
    private let running: NIOLoopBoundBox<Running?>

    private struct Running {
        var link: RedisLink
        var firstDial: EventLoopPromise<Void>
    }

    /// - Parameter name: shown by CLIENT LIST; without spaces.
    package init(
        topology: RedisTopology, name: String, logger: Logger,
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.any(),
        timeouts: RedisTimeouts = RedisTimeouts(), backoff: Backoff = Backoff()
    ) {
        self.eventLoop = eventLoop
        self.topology = topology
        self.logger = logger
        settings = RedisLink.Settings(name: name, timeouts: timeouts, backoff: backoff)
        running = .makeEmptyBox(valueType: Running.self, eventLoop: eventLoop)
    }

    /// A client with Sentinels of its own to watch, where the target has them.
    package convenience init(
        target: RedisTarget, name: String, logger: Logger,
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.any(),
        timeouts: RedisTimeouts = RedisTimeouts(), backoff: Backoff = Backoff()
    ) {
        let topology = RedisTopology(target, name: name, logger: logger, eventLoop: eventLoop, timeouts: timeouts)
        self.init(
            topology: topology, name: name, logger: logger, eventLoop: eventLoop, timeouts: timeouts, backoff: backoff)
    }

    package convenience init(
        url: RedisURL, name: String, logger: Logger,
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.any(),
        timeouts: RedisTimeouts = RedisTimeouts(), backoff: Backoff = Backoff()
    ) {
        self.init(
            target: RedisTarget(url: url), name: name, logger: logger, eventLoop: eventLoop, timeouts: timeouts,
            backoff: backoff)
    }

    /// Begins to connect; called once.
    /// - Returns: how the first dial ended. After a failure it is dialled again all the same.
    @discardableResult
    package func start() -> EventLoopFuture<Void> {
        eventLoop.flatSubmit { self.startOnLoop() }
    }

    /// Sends one command. Fails at once with `RedisError` when there is no connection, and with `RedisError.refused`
    /// when Redis answers with an error.
    package func send(_ command: RESPCommand) -> EventLoopFuture<RESPValue> {
        send(together: [command])[0]
    }

    package func send(_ arguments: [RESPArgument]) -> EventLoopFuture<RESPValue> {
        send(RESPCommand(arguments))
    }

    @discardableResult
    package func send(_ arguments: RESPArgument...) async throws -> RESPValue {
        try await send(RESPCommand(arguments)).get()
    }

    /// Sends all commands with nothing between them; the replies are in the order of the commands.
    package func send(pipeline commands: [RESPCommand]) async throws -> [RESPValue] {
        try await EventLoopFuture.whenAllSucceed(send(together: commands), on: eventLoop).get()
    }

    /// Sends all commands with nothing between them; each has its own outcome.
    package func outcomes(of commands: [RESPCommand]) async -> [Result<RESPValue, RedisError>] {
        let replies = EventLoopFuture<RESPValue>.whenAllComplete(send(together: commands), on: eventLoop)
        do {
            return try await replies.get().map { $0.mapError { $0 as? RedisError ?? .connectionLost("\($0)") } }
        } catch {
            // Only a loop that is shut down cannot wait for them.
            return commands.map { _ in .failure(.shutDown) }
        }
    }

    /// Closes the connection; the client cannot be started again.
    package func shutdown() -> EventLoopFuture<Void> {
        eventLoop.flatSubmit { self.shutdownOnLoop() }
    }
}

extension RedisClient {
    private func startOnLoop() -> EventLoopFuture<Void> {
        let firstDial = eventLoop.makePromise(of: Void.self)
        let link = RedisLink(settings: settings, topology: topology, eventLoop: eventLoop, logger: logger) { event in
            // Only the first outcome counts: completing a promise again does nothing.
            switch event {
            case .up: firstDial.succeed()
            case .down(let reason): firstDial.fail(RedisError.notConnected(reason))
            case .push: break
            }
        }
        running.value = Running(link: link, firstDial: firstDial)
        link.start()
        return firstDial.futureResult
    }

    private func shutdownOnLoop() -> EventLoopFuture<Void> {
        guard let running = running.value else { return eventLoop.makeSucceededVoidFuture() }
        self.running.value = nil
        running.firstDial.fail(RedisError.shutDown)
        return running.link.stop()
    }

    /// Formats on the caller's thread, and takes one turn of the loop for all.
    private func send(together commands: [RESPCommand]) -> [EventLoopFuture<RESPValue>] {
        let promises = commands.map { _ in eventLoop.makePromise(of: RESPValue.self) }
        do {
            let encoded = try commands.map { try $0.encoded() }
            eventLoop.execute {
                for (command, promise) in zip(encoded, promises) { self.send(command, promise) }
            }
        } catch {
            for promise in promises { promise.fail(error) }
        }
        return promises.map(\.futureResult)
    }

    private func send(_ command: ByteBuffer, _ promise: EventLoopPromise<RESPValue>) {
        guard let link = running.value?.link else { return promise.fail(RedisError.notConnected("it is not started")) }
        link.send(command, promise: promise)
    }
}
