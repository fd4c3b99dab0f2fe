import AdminAPI
import FleetModel
import Terminal

/// The table of each part of the page of Redis.
extension RedisPage {
    func source(_ context: PageContext) -> (any TableSource)? {
        let details = knowledge.details?.value
        switch tab {
        case .topology: return nil
        case .clients: return ListTable((details?.clients?.largest ?? []).map { RedisClientRow(client: $0) })
        case .pubsub: return ListTable((details?.pubsub?.top ?? []).map { RedisChannelRow(channel: $0) })
        case .slowlog:
            return ListTable((details?.slowlog ?? []).enumerated().map { RedisSlowRow(number: $0, command: $1) })
        case .streams: return ListTable((details?.streams?.items ?? []).map { RedisStreamRow(stream: $0) })
        case .keys: return ListTable((keysReport(context)?.items ?? []).map { RedisKeyRow(key: $0) })
        case .events:
            let events = knowledge.report?.value.events ?? []
            return ListTable(events.enumerated().reversed().map { SentinelEventRow(number: $0, event: $1) })
        }
    }
}

/// A client for whom much waits.
struct RedisClientRow: ListRow {
    let client: RedisClientInfo

    var id: String { String(client.id) }
    var words: [String] { [client.name, client.address, client.user, client.command] }

    static var columns: [ListColumn<Self>] {
        [
            .words("name", RedisWords.name, LayoutPart(minimum: 10, maximum: 32, priority: 100)) {
                Self.named($0.client.name)
            },
            .words("address", RedisWords.address, LayoutPart(minimum: 12, maximum: 24, priority: 90)) {
                SafeText($0.client.address)
            },
            .figures("output", RedisWords.output, .fixed(7, priority: 98)) {
                Double($0.client.outputBytes.bytes)
            } text: {
                Figures.bytes($0.client.outputBytes)
            },
            .figures("subscriptions", RedisWords.subscriptions, .fixed(6, priority: 85)) {
                Double($0.client.subscriptions)
            } text: {
                Figures.grouped($0.client.subscriptions)
            },
            .figures("age", RedisWords.age, .fixed(5, priority: 70)) {
                $0.client.age.inSeconds
            } text: {
                Figures.age($0.client.age)
            },
            .figures("idle", RedisWords.idle, .fixed(7, priority: 72)) {
                $0.client.idle.inSeconds
            } text: {
                Figures.age($0.client.idle)
            },
            .words("user", RedisWords.user, LayoutPart(minimum: 7, maximum: 16, priority: 50)) {
                SafeText($0.client.user)
            },
            .words("command", RedisWords.command, LayoutPart(minimum: 10, maximum: 30, priority: 80)) {
                SafeText($0.client.command)
            },
        ]
    }

    fileprivate static func named(_ name: String) -> SafeText { name.isEmpty ? Figures.none : SafeText(name) }
}

/// A channel and who hears it.
struct RedisChannelRow: ListRow {
    let channel: RedisChannel

    var id: String { channel.name }
    var words: [String] { [channel.name] }

    static var columns: [ListColumn<Self>] {
        [
            .words("channel", RedisWords.channel, LayoutPart(minimum: 16, maximum: 100, priority: 100)) {
                SafeText($0.channel.name)
            },
            .figures("subscribers", RedisWords.subscribers, .fixed(11, priority: 98)) {
                Double($0.channel.subscribers)
            } text: {
                Figures.grouped($0.channel.subscribers)
            },
        ]
    }
}

/// A command that took long.
struct RedisSlowRow: ListRow {
    let number: Int
    let command: RedisSlowCommand

    var id: String { "\(command.at.microseconds) \(number)" }
    var words: [String] { [command.text, command.client, command.clientName] }

    static var columns: [ListColumn<Self>] {
        [
            .figures("time", RedisWords.time, .fixed(8, priority: 95)) { _ in
                Style(.dim)
            } by: {
                Double($0.command.at.microseconds)
            } text: {
                SafeText($0.command.at.clockText)
            },
            .figures("took", RedisWords.took, .fixed(8, priority: 100)) {
                $0.command.duration.inSeconds
            } text: {
                Figures.latency($0.command.duration)
            },
            .words("command", RedisWords.command, LayoutPart(minimum: 20, maximum: 130, priority: 98)) {
                SafeText($0.command.text)
            },
            .words("client", RedisWords.client, LayoutPart(minimum: 12, maximum: 40, priority: 80)) {
                SafeText($0.command.clientName.isEmpty ? $0.command.client : $0.command.clientName)
            },
        ]
    }
}

/// The stream of a critical room.
struct RedisStreamRow: ListRow {
    let stream: RedisStreamInfo

    var id: String { stream.name }
    var words: [String] { [stream.name] }

    static var columns: [ListColumn<Self>] {
        [
            .words("stream", RedisWords.stream, LayoutPart(minimum: 16, maximum: 90, priority: 100)) {
                SafeText($0.stream.name)
            },
            .figures("length", RedisWords.length, .fixed(9, priority: 98)) {
                Double($0.stream.length)
            } text: {
                Figures.grouped($0.stream.length)
            },
            .words("last", RedisWords.lastID, LayoutPart(minimum: 15, maximum: 24, priority: 90)) {
                SafeText($0.stream.lastID)
            },
        ]
    }
}

/// A key that is big or hot.
struct RedisKeyRow: ListRow {
    let key: RedisKeyInfo

    var id: String { key.name }
    var words: [String] { [key.name, key.type] }

    /// By the measure that it has.
    private var order: Double {
        key.size.map { Double($0.bytes) } ?? key.frequency.map(Double.init) ?? key.idleSeconds.map { -$0 } ?? 0
    }

    private var figure: SafeText {
        if let size = key.size { return Figures.bytes(size) }
        if let frequency = key.frequency { return Figures.grouped(frequency) }
        return key.idleSeconds.map { RedisWords.idleFor(Figures.span(.seconds($0))) } ?? Figures.none
    }

    static var columns: [ListColumn<Self>] {
        [
            .words("key", RedisWords.key, LayoutPart(minimum: 16, maximum: 110, priority: 100)) {
                SafeText($0.key.name)
            },
            .words("type", RedisWords.type, .fixed(10, priority: 90)) {
                $0.key.type.isEmpty ? RedisWords.keyIsGone : SafeText($0.key.type)
            },
            .figures("measure", RedisWords.measure, .fixed(12, priority: 98)) {
                $0.order
            } text: {
                $0.figure
            },
        ]
    }
}

/// Something that a Sentinel announced.
struct SentinelEventRow: ListRow {
    let number: Int
    let event: SentinelEvent

    var id: String { "\(event.at.microseconds) \(number)" }
    var words: [String] { [event.name, event.sentinel, event.words] }

    /// As Sentinel names what hurts: servers that are down, and clocks that are distrusted.
    var severity: Severity {
        if Self.bad.contains(event.name) { return .critical }
        return Self.doubtful.contains(event.name) ? .warning : .fine
    }

    private static let bad: Set = ["+odown", "-failover-abort-no-good-slave", "-failover-abort-not-elected"]
    private static let doubtful: Set = ["+sdown", "+tilt", "+switch-master", "+try-failover"]

    static var columns: [ListColumn<Self>] {
        [
            .figures("time", RedisWords.time, .fixed(8, priority: 95)) { _ in
                Style(.dim)
            } by: {
                Double($0.event.at.microseconds)
            } text: {
                SafeText($0.event.at.clockText)
            },
            .words("event", RedisWords.event, LayoutPart(minimum: 16, maximum: 34, priority: 100)) {
                $0.severity.style
            } text: {
                SafeText($0.event.name)
            },
            .words("sentinel", RedisWords.sentinel, LayoutPart(minimum: 12, maximum: 24, priority: 90)) {
                SafeText($0.event.sentinel)
            },
            .words("words", RedisWords.about, LayoutPart(minimum: 20, maximum: 120, priority: 98)) {
                SafeText($0.event.words)
            },
        ]
    }
}
