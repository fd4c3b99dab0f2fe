import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Where Redis is: always at one place, or where Sentinels say that the primary is. All connections of a process share
/// one, and follow it.
///
/// The Sentinels are watched while anybody follows.
package final class RedisTopology: Sendable {
    /// How connections to what is found here are opened.
    let access: NodeAccess
    private let target: RedisTarget
    private let sentinels: Sentinels?
    private let state: NIOLockedValueBox<State>
    private let announced: @Sendable (SentinelAnnouncement) -> Void

    /// What it takes to watch Sentinels.
    private struct Sentinels: Sendable {
        var group: SentinelGroup
        var access: NodeAccess
        var name: String
        var timeouts: RedisTimeouts
        var eventLoop: any EventLoop
        var logger: Logger
        /// Filled while somebody follows.
        var watch: NIOLoopBoundBox<SentinelWatch?>
    }

    private struct State {
        var primary: RedisAddress?
        var doubt = "the Sentinels have not been asked yet"
        var followers: [Following: Follower] = [:]
        var followersEver = 0
    }

    /// Who follows, to be given back.
    struct Following: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Follower: Sendable {
        var eventLoop: any EventLoop
        var heard: @Sendable (TopologyNews) -> Void
    }

    /// - Parameters:
    ///   - name: of the connections to Sentinels, with `-sentinel` behind it, shown by CLIENT LIST.
    ///   - announced: hears what Sentinels announce while somebody follows, on an event loop.
    package init(
        _ target: RedisTarget, name: String, logger: Logger,
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.any(),
        timeouts: RedisTimeouts = RedisTimeouts(),
        announced: @escaping @Sendable (SentinelAnnouncement) -> Void = { _ in }
    ) {
        self.announced = announced
        let tls = target.url.usesTLS ? Self.tls(target) : nil
        self.target = target
        access = NodeAccess(target, tls: tls)
        sentinels = target.sentinels.map { group in
            Sentinels(
                group: group, access: NodeAccess(group, tls: tls), name: name, timeouts: timeouts, eventLoop: eventLoop,
                logger: logger, watch: .makeEmptyBox(valueType: SentinelWatch.self, eventLoop: eventLoop))
        }
        state = NIOLockedValueBox(State(primary: target.sentinels == nil ? target.url.address : nil))
    }

    /// One place, for good.
    init(at address: RedisAddress, access: NodeAccess) {
        target = RedisTarget(url: RedisURL(host: address.host, port: address.port))
        self.access = access
        announced = { _ in }
        sentinels = nil
        state = NIOLockedValueBox(State(primary: address))
    }

    /// `host:port` of the primary as last known; empty before it is.
    package var primary: String { primaryAddress.map { "\($0)" } ?? "" }

    /// Finds out early what would fail every dial: certificate authorities that cannot be read.
    package func validate() throws {
        _ = try access.tls?.get()
    }

    private static func tls(_ target: RedisTarget) -> Result<RedisTLS, TLSFailure> {
        Result { () throws(TLSFailure) in try RedisTLS(certificateAuthority: target.certificateAuthority) }
    }
}

extension RedisTopology: CustomStringConvertible {
    package var description: String { "\(target)" }
}

// MARK: - For links

/// What followers are told.
enum TopologyNews: Equatable, Sendable {
    /// The primary is there, and was not there before.
    case moved(to: RedisAddress)
    /// A server is no primary any more; where the primary is will follow.
    case left(RedisAddress)
}

/// What links find out.
enum TopologyReport: Equatable, Sendable {
    /// It answers, and as the primary.
    case reached(RedisAddress)
    case lost(RedisAddress)
    /// It answers, and not as the primary.
    case demoted(RedisAddress)
}

extension RedisTopology {
    /// nil while it is not known.
    var primaryAddress: RedisAddress? { state.withLockedValue(\.primary) }

    /// Why the primary is not known.
    var doubt: String { state.withLockedValue(\.doubt) }

    /// Where another primary may be named any moment, long waits would only be lost time.
    func backoff(_ wanted: Backoff) -> Backoff {
        sentinels == nil ? wanted : wanted.capped(at: SentinelWatch.tick)
    }

    /// - Parameter heard: called on `eventLoop`.
    func follow(on eventLoop: any EventLoop, heard: @escaping @Sendable (TopologyNews) -> Void) -> Following {
        let following = state.withLockedValue { state in
            state.followersEver += 1
            let following = Following(number: state.followersEver)
            state.followers[following] = Follower(eventLoop: eventLoop, heard: heard)
            return following
        }
        _ = adjustWatch()
        return following
    }

    /// - Returns: succeeded once nothing is open any more that only the follower needed.
    func unfollow(_ following: Following) -> EventLoopFuture<Void> {
        let eventLoop = state.withLockedValue { $0.followers.removeValue(forKey: following)?.eventLoop }
        return adjustWatch() ?? (eventLoop ?? MultiThreadedEventLoopGroup.singleton.any()).makeSucceededVoidFuture()
    }

    func take(_ report: TopologyReport) {
        guard let watch = sentinels?.watch else { return }
        watch.eventLoop.execute { watch.value?.take(report) }
    }

    private func tell(_ news: TopologyNews) {
        for follower in state.withLockedValue({ Array($0.followers.values) }) {
            follower.eventLoop.execute { follower.heard(news) }
        }
    }
}

// MARK: - Watching

extension RedisTopology {
    /// Starts or ends the watch as there are followers. In one place on one loop, so that calls may come in any order.
    private func adjustWatch() -> EventLoopFuture<Void>? {
        sentinels.map { sentinels in
            sentinels.eventLoop.flatSubmit { [self] in
                let isWanted = state.withLockedValue { !$0.followers.isEmpty }
                if isWanted, sentinels.watch.value == nil {
                    let watch = makeWatch(sentinels)
                    sentinels.watch.value = watch
                    watch.start()
                } else if !isWanted, let watch = sentinels.watch.value {
                    sentinels.watch.value = nil
                    return watch.stop()
                }
                return sentinels.eventLoop.makeSucceededVoidFuture()
            }
        }
    }

    private func makeWatch(_ sentinels: Sentinels) -> SentinelWatch {
        let settings = SentinelWatch.Settings(
            group: sentinels.group, access: sentinels.access, name: sentinels.name, timeouts: sentinels.timeouts)
        return SentinelWatch(
            settings: settings, primary: primaryAddress, eventLoop: sentinels.eventLoop, logger: sentinels.logger
        ) { [weak self] event in
            self?.handle(event)
        }
    }

    private func handle(_ event: SentinelWatchEvent) {
        switch event {
        case .doubt(let words): state.withLockedValue { $0.doubt = words }
        case .announced(let announcement): announced(announcement)
        case .news(let news):
            if case .moved(let address) = news { state.withLockedValue { $0.primary = address } }
            tell(news)
        }
    }
}

// MARK: - Asking Sentinels

extension RedisTopology {
    /// What the Sentinels call the primary; nil where there are none.
    package var master: String? { sentinels?.group.master }

    /// For a question that others can answer: a Sentinel that hangs must not hold up what the others say.
    private static let answerTime: Duration = .seconds(1)

    /// Asks every Sentinel the same commands; none while nobody follows.
    func askSentinels(_ commands: [[RESPArgument]]) async -> [SentinelAnswers] {
        guard let sentinels else { return [] }
        return await withTaskGroup { group in
            for (index, address) in sentinels.group.addresses.enumerated() {
                group.addTask {
                    (index, SentinelAnswers(sentinel: address, replies: await self.ask(commands, of: index, sentinels)))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Asks one Sentinel, by its place in the group.
    func askSentinel(_ index: Int, _ command: [RESPArgument]) async -> Result<RESPValue, RedisError> {
        guard let sentinels else { return .failure(.notConnected("there are no Sentinels")) }
        return await ask([command], of: index, sentinels, within: nil).first ?? .failure(.shutDown)
    }

    var sentinelAddresses: [RedisAddress] { sentinels?.group.addresses ?? [] }

    private func ask(
        _ commands: [[RESPArgument]], of sentinel: Int, _ sentinels: Sentinels, within limit: Duration? = answerTime
    ) async -> [Result<RESPValue, RedisError>] {
        let replies = sentinels.eventLoop.flatSubmit { () -> EventLoopFuture<[Result<RESPValue, any Error>]> in
            guard let watch = sentinels.watch.value else { return sentinels.eventLoop.makeSucceededFuture([]) }
            return watch.answers(commands, of: sentinel, within: limit)
        }
        // It fails only when the loop is shut down.
        let known = (try? await replies.get()) ?? []
        return known.map { $0.mapError { $0 as? RedisError ?? .connectionLost("\($0)") } }
    }
}
