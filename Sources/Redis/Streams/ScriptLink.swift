import Logging
import NIOCore

/// A connection that runs scripts, by their digests once Redis has them. Everything here happens on one event loop.
final class ScriptLink {
    let eventLoop: any EventLoop
    private let settings: RedisLink.Settings
    private let topology: RedisTopology
    private let logger: Logger
    private var link: RedisLink?
    private var digests: [StreamScript: String] = [:]

    init(settings: RedisLink.Settings, topology: RedisTopology, eventLoop: any EventLoop, logger: Logger) {
        self.settings = settings
        self.topology = topology
        self.eventLoop = eventLoop
        self.logger = logger
    }

    func start() {
        let link = RedisLink(settings: settings, topology: topology, eventLoop: eventLoop, logger: logger) {
            [weak self] event in
            switch event {
            case .up: self?.load()
            case .push, .down: break
            }
        }
        self.link = link
        link.start()
    }

    func stop() -> EventLoopFuture<Void> {
        defer { link = nil }
        return link?.stop() ?? eventLoop.makeSucceededVoidFuture()
    }

    /// Fails at once when there is no connection.
    func send(_ command: RESPCommand) -> EventLoopFuture<RESPValue>.Isolated {
        let promise = eventLoop.makePromise(of: RESPValue.self)
        do {
            guard let link else { throw RedisError.shutDown }
            link.send(try command.encoded(), promise: promise)
        } catch {
            promise.fail(error)
        }
        return promise.futureResult.assumeIsolated()
    }

    /// - Parameter whole: sends the text of the script though Redis should have it.
    func run(_ call: ScriptCall, whole: Bool) -> EventLoopFuture<RESPValue>.Isolated {
        send(call.command(digest: whole ? nil : digests[call.script]))
    }

    /// Runs by digest where that can be, and once more with the text if Redis lost it (`SCRIPT FLUSH`).
    func run(_ call: ScriptCall) -> EventLoopFuture<RESPValue>.Isolated {
        run(call, whole: false).flatMapError { error in
            guard RedisError.isUnknownScript(error) else { return self.eventLoop.makeFailedFuture(error) }
            return self.run(call, whole: true).nonisolated()
        }
    }

    /// Another server, or the same after a restart, may know none of them.
    private func load() {
        digests = [:]
        for script in StreamScript.allCases {
            send(RESPCommand("SCRIPT", "LOAD", .text(String(decoding: script.text, as: UTF8.self))))
                .whenSuccess { self.digests[script] = $0.text }
        }
    }
}

extension RedisError {
    static func isUnknownScript(_ error: any Error) -> Bool {
        if case RedisError.refused(let words) = error { words.hasPrefix("NOSCRIPT") } else { false }
    }
}
