import AdminAPI
import FleetModel
import Terminal

/// A replica and how far it is behind.
struct RedisReplicaRow: ListRow {
    let replica: RedisReplica

    var id: String { replica.address }
    var words: [String] { [replica.address] + replica.flags }
    var severity: Severity { replica.isGood ? .fine : .warning }

    static var columns: [ListColumn<Self>] {
        [
            .words("address", RedisWords.address, LayoutPart(minimum: 14, maximum: 22, priority: 100)) {
                SafeText($0.replica.address)
            },
            .words("link", RedisWords.link, .fixed(8, priority: 98)) {
                $0.replica.isOnline ? Style(.good) : Style(.critical)
            } text: {
                $0.replica.isOnline ? RedisWords.online : RedisWords.offline
            },
            .figures("bytes", RedisWords.lagBytes, .fixed(10, priority: 95)) {
                $0.replica.lagBytes.map(Double.init)
            } text: {
                $0.replica.lagBytes.map { Figures.bytes(ByteCount($0)) } ?? Figures.none
            },
            .figures("seconds", RedisWords.lagSeconds, .fixed(8, priority: 94)) {
                $0.replica.lagSeconds
            } text: {
                $0.replica.lagSeconds.map { Figures.tenths($0) + " s" } ?? Figures.none
            },
            .words("flags", RedisWords.flags, LayoutPart(minimum: 10, maximum: 50, priority: 80)) {
                SafeText($0.replica.flags.joined(separator: ","))
            },
        ]
    }
}

/// A Sentinel and what it thinks.
struct SentinelRow: ListRow {
    let sentinel: SentinelReport
    /// Whom most Sentinels take for the primary.
    let primary: String

    var id: String { sentinel.address }
    var words: [String] { [sentinel.address, sentinel.primary] + sentinel.flags }

    var severity: Severity {
        if sentinel.failure != nil { return .warning }
        if !sentinel.hasQuorum { return .critical }
        return sentinel.tilt || sentinel.primary != primary || sentinel.isFailingOver ? .warning : .fine
    }

    private var known: Bool { sentinel.failure == nil }

    static var columns: [ListColumn<Self>] {
        [
            .words("address", RedisWords.address, LayoutPart(minimum: 14, maximum: 22, priority: 100)) {
                SafeText($0.sentinel.address)
            },
            .words("primary", RedisWords.primaryTitle, LayoutPart(minimum: 14, maximum: 24, priority: 95)) {
                $0.sentinel.primary == $0.primary ? .normal : Style(.warning)
            } text: {
                $0.known ? SafeText($0.sentinel.primary) : RedisWords.noAnswer
            },
            .words("quorum", RedisWords.quorum, .fixed(10, priority: 98)) {
                $0.sentinel.hasQuorum ? Style(.good) : Style(.critical)
            } text: {
                $0.quorum
            },
            .words("tilt", RedisWords.tilt, .fixed(4, priority: 90)) {
                $0.sentinel.tilt ? Style(.critical) : .normal
            } text: {
                $0.known ? $0.sentinel.tilt ? RedisWords.tilted : RedisWords.no : Figures.none
            },
            .figures("epoch", RedisWords.epoch, .fixed(6, priority: 85)) {
                Double($0.sentinel.epoch)
            } text: {
                $0.known ? "\($0.sentinel.epoch)" : Figures.none
            },
            .figures("down_after", RedisWords.downAfter, .fixed(6, priority: 70)) {
                $0.sentinel.downAfter.inSeconds
            } text: {
                $0.known ? Figures.latency($0.sentinel.downAfter) : Figures.none
            },
            .words("flags", RedisWords.flags, LayoutPart(minimum: 10, maximum: 60, priority: 80)) {
                SafeText($0.sentinel.failure ?? $0.sentinel.flags.joined(separator: ","))
            },
        ]
    }

    private var quorum: SafeText {
        guard known else { return Figures.none }
        let count: SafeText = "\(sentinel.quorum)/\(sentinel.known)"
        return sentinel.hasQuorum ? RedisWords.hasQuorum(count) : RedisWords.lacksQuorum(count)
    }
}

/// A primary, and the workers that use it.
struct PrimaryUseRow: ListRow {
    let primary: String
    let workers: [WorkerID]
    /// Most workers use another one.
    let isOdd: Bool

    var id: String { primary }
    var words: [String] { [primary] + workers.map(\.rawValue) }
    var severity: Severity { isOdd ? .warning : .fine }

    /// The one that most use first.
    static func rows(_ snapshot: Snapshot) -> [PrimaryUseRow] {
        let users = snapshot.rows.filter(\.isLive).reduce(into: [String: [WorkerID]]()) { users, row in
            users[row.sample?.redisPrimary ?? "", default: []].append(row.id)
        }
        let sorted = users.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        return sorted.enumerated().map { place, use in
            PrimaryUseRow(primary: use.key, workers: use.value, isOdd: place > 0 || use.key.isEmpty)
        }
    }

    static var columns: [ListColumn<Self>] {
        [
            .words("primary", RedisWords.usedPrimary, LayoutPart(minimum: 14, maximum: 28, priority: 100)) {
                $0.isOdd ? Style(.warning) : .normal
            } text: {
                $0.primary.isEmpty ? RedisWords.noPrimary : SafeText($0.primary)
            },
            .figures("count", "WORKERS", .fixed(7, priority: 98)) {
                Double($0.workers.count)
            } text: {
                "\($0.workers.count)"
            },
            .words("names", RedisWords.who, LayoutPart(minimum: 10, maximum: 150, priority: 90)) {
                SafeText($0.workers.prefix(shownNames).map { SafeText($0).text }.joined(separator: " "))
            },
        ]
    }

    private static let shownNames = 24
}
