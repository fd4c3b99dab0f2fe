import AdminAPI
import FleetModel
import Terminal

/// A throttle of the fleet, with what it did on all workers that were heard.
struct ThrottleRow: Sendable {
    let rule: ThrottleRule
    /// Smallest and largest share of a worker, in messages a second.
    var shares: ClosedRange<Double>
    var passed: UInt64
    var hitsPublished: UInt64
    var hitsDelivered: UInt64
    /// How many workers keep to it.
    var workers: Int
    let now: UnixTime

    init(_ item: ThrottleList.Item, at now: UnixTime) {
        (rule, shares, workers) = (item.rule, item.sharePerSecond...item.sharePerSecond, 1)
        (passed, hitsPublished, hitsDelivered) = (item.passed, item.hitsPublished, item.hitsDelivered)
        self.now = now
    }

    mutating func add(_ item: ThrottleList.Item) {
        shares = min(shares.lowerBound, item.sharePerSecond)...max(shares.upperBound, item.sharePerSecond)
        passed &+= item.passed
        hitsPublished &+= item.hitsPublished
        hitsDelivered &+= item.hitsDelivered
        workers += 1
    }

    var remaining: Duration { now.duration(to: rule.expiresAt) }

    /// The throttles that workers tell of, each once, in the order in which they were set.
    static func rows(of answer: FleetAnswer?, at now: UnixTime) -> [ThrottleRow] {
        var rows: [RoomPattern: ThrottleRow] = [:]
        for (_, reply) in answer?.replies ?? [] {
            guard case .throttles(let list) = reply else { continue }
            for item in list.items where rows[item.rule.pattern]?.add(item) == nil {
                rows[item.rule.pattern] = ThrottleRow(item, at: now)
            }
        }
        return rows.values.sorted {
            ($0.rule.setAt, $0.rule.pattern.rawValue) < ($1.rule.setAt, $1.rule.pattern.rawValue)
        }
    }
}

extension ThrottleRow: ListRow {
    var id: String { rule.pattern.rawValue }
    var words: [String] { [rule.pattern.rawValue, rule.setBy, rule.reason ?? ""] }
    /// A throttle that reaches critical rooms hurts whom it should not.
    var severity: Severity { rule.overridesCritical ? .warning : .fine }

    static var columns: [ListColumn<ThrottleRow>] {
        [
            .words("pattern", ThrottleWords.pattern, LayoutPart(minimum: 12, maximum: 40, priority: 100)) { _ in
                Style(.normal, bold: true)
            } text: {
                SafeText($0.rule.pattern.rawValue)
            },
            .figures("rate", ThrottleWords.rate, .fixed(7, priority: 98)) {
                $0.rule.ratePerSecond
            } text: {
                Figures.rate($0.rule.ratePerSecond)
            },
            .figures("share", ThrottleWords.share, .fixed(9, priority: 80)) {
                $0.shares.upperBound
            } text: {
                $0.shareText
            },
            .figures("published", ThrottleWords.published, .fixed(8, priority: 92)) {
                $0.hitsPublished > 0 ? Style(.warning) : .normal
            } by: {
                Double($0.hitsPublished)
            } text: {
                Figures.grouped(Int(clamping: $0.hitsPublished))
            },
            .figures("delivered", ThrottleWords.delivered, .fixed(8, priority: 91)) {
                $0.hitsDelivered > 0 ? Style(.warning) : .normal
            } by: {
                Double($0.hitsDelivered)
            } text: {
                Figures.grouped(Int(clamping: $0.hitsDelivered))
            },
            .figures("passed", ThrottleWords.passed, .fixed(7, priority: 85)) {
                Double($0.passed)
            } text: {
                Figures.grouped(Int(clamping: $0.passed))
            },
            .figures("left", ThrottleWords.left, .fixed(9, priority: 95)) {
                $0.remaining.inSeconds
            } text: {
                Figures.wait($0.remaining)
            },
            .words("by", ThrottleWords.by, LayoutPart(minimum: 6, maximum: 20, priority: 75)) {
                SafeText($0.rule.setBy)
            },
            .figures("set", ThrottleWords.set, .fixed(8, priority: 60)) {
                Double($0.rule.setAt.microseconds)
            } text: {
                SafeText($0.rule.setAt.clockText)
            },
            .figures("workers", ThrottleWords.workers, .fixed(7, priority: 50)) {
                Double($0.workers)
            } text: {
                "\($0.workers)"
            },
            .words("critical", ThrottleWords.critical, .fixed(8, priority: 70)) { _ in
                Style(.warning)
            } text: {
                $0.rule.overridesCritical ? ThrottleWords.too : ""
            },
            .words("reason", ThrottleWords.reason, LayoutPart(minimum: 10, maximum: 80, priority: 65)) {
                $0.rule.reason.map { SafeText($0) } ?? ""
            },
        ]
    }

    private var shareText: SafeText {
        let (least, most) = (Figures.rate(shares.lowerBound), Figures.rate(shares.upperBound))
        return least == most ? least : "\(least)-\(most)"
    }
}
