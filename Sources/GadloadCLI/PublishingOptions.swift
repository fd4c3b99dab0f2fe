import ArgumentParser
import FleetModel
import LoadGenerator
import Redis

/// What is published, how, and for how long.
struct PublishingOptions: ParsableArguments {
    @Option(
        name: [.customLong("publish-rate"), .customLong("rate")],
        help: ArgumentHelp("Messages published a second, to the rooms in turn.", valueName: "n/s"))
    var publishRate = Rate(100)

    @Option(
        help: ArgumentHelp(
            "Messages a second to the critical rooms, which then have no part in --publish-rate.", valueName: "n/s"))
    var criticalRate: Rate?

    @Option(
        name: .customLong("publish"),
        help:
            "redis publishes to the gateway's channels, websocket through a client of the first --url, none not at all."
    )
    var path = PublishingPath.none

    @Option(help: ArgumentHelp("The Redis to publish through.", valueName: "redis://host:port"))
    var redis: String?

    @Option(
        name: .customLong("sentinel"),
        help: ArgumentHelp(
            "Publish through the primary that these Sentinels name, wherever it moves.", valueName: "host:port,…"))
    var sentinels: String?

    @Option(help: "The name that the Sentinels know the primary by.")
    var master = "gad"

    @Option(
        name: .customLong("redis-ca"),
        help: ArgumentHelp("Check the certificates of a rediss:// against this authority.", valueName: "file"))
    var redisAuthority: String?

    @Flag(help: "Publish to critical rooms by PUBLISH, without keeping the messages in a stream.")
    var noStreams = false

    @Option(help: ArgumentHelp("Where to publish by WebSocket; without it, the first --url.", valueName: "url"))
    var publishURL: TargetURL?

    @Option(help: "Bytes of a message; one that needs more for its envelope has more.")
    var messageSize = 128

    @Option(help: "Seconds to publish for; 0 goes on until SIGINT or SIGTERM.")
    var duration = 30.0

    func validate() throws {
        guard (0...Self.maximumSize).contains(messageSize) else {
            throw ValidationError("--message-size is from 0 to \(Self.maximumSize).")
        }
        guard (0...1e7).contains(duration) else { throw ValidationError("--duration is a number of seconds from 0.") }
        try checkThatAllIsUsed()
        _ = try way()
    }

    /// What would silently have no effect is refused, since a run that tests nothing looks like one that passed.
    private func checkThatAllIsUsed() throws {
        let given = [
            ("--redis", redis != nil), ("--sentinel", sentinels != nil), ("--redis-ca", redisAuthority != nil),
        ]
        if path != .redis, let option = given.first(where: \.1)?.0 {
            throw ValidationError("\(option) is used with --publish redis only: add that, or leave \(option) out.")
        }
        if path == .none, criticalRate != nil {
            throw ValidationError("--critical-rate needs a way to publish: add --publish redis or --publish websocket.")
        }
    }

    func way() throws -> LoadOptions.Publishing {
        switch path {
        case .none: return .nothing
        case .websocket: return .webSocket
        case .redis: return .redis(try target())
        }
    }

    /// With Sentinels the URL says who we are and which database it is, and its host is not used.
    private func target() throws -> RedisTarget {
        guard redis != nil || sentinels != nil else {
            throw ValidationError("--publish redis needs --redis redis://host:port, or --sentinel and --master.")
        }
        do {
            let addresses = sentinels.map { $0.split(separator: ",").map(String.init) }
            return RedisTarget(
                url: try RedisURL(redis ?? "redis://127.0.0.1"),
                sentinels: try addresses.map { try SentinelGroup(addresses: $0, master: master) },
                certificateAuthority: redisAuthority)
        } catch {
            throw ValidationError("--redis, --sentinel or --master: \(error)")
        }
    }

    func apply(to options: inout LoadOptions) throws {
        options.publishRate = publishRate.perSecond
        options.criticalRate = criticalRate?.perSecond
        options.usesStreams = !noStreams
        options.publishTarget = publishURL
        options.messageSize = ByteCount(Int64(messageSize))
        options.duration = duration > 0 ? .seconds(duration) : nil
    }

    private static let maximumSize = 1 << 20
}
