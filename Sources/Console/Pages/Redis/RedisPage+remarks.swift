import AdminAPI
import FleetModel
import Terminal

/// What stands above the tables of the page of Redis.
extension RedisPage {
    func remarks(_ context: PageContext) -> [PageLine] {
        let query: FleetQuery = tab.needsDetails ? .redisDetails : .redis
        let stand = tab == .keys ? [] : AnswerStand(query, context).remarks
        return [tabs] + outage(context) + stand + gaps + facts(context)
    }

    /// The parts of the page; the one that is looked at stands in brackets, so that it is seen without colour.
    private var tabs: PageLine {
        let names = RedisTab.allCases.map { $0 == tab ? "[\(RedisWords.name($0))]" : RedisWords.name($0) }
        return PageLine(SafeText(names.map(\.text).joined(separator: "  ")), Style(.title))
    }

    /// That Redis does not answer, what the workers say of that, and how old the rest is.
    private func outage(_ context: PageContext) -> [PageLine] {
        guard let failure = knowledge.failure else { return [] }
        let age = (tab.needsDetails ? knowledge.details?.at : knowledge.primary?.at).map {
            RedisWords.lastKnown(Figures.span($0.duration(to: context.world.now)))
        }
        return [PageLine(RedisWords.gone(failure), Style(.critical, bold: true))]
            + RedisWitnesses(context.snapshot).lines
            + [PageLine(age ?? RedisWords.neverKnown, Style(.stale))]
    }

    /// Parts of the details that could not be had.
    private var gaps: [PageLine] {
        guard let details = knowledge.latestDetails?.value else { return [] }
        return details.gaps.filter { $0.part.tabs.contains(tab) }.map {
            PageLine(RedisWords.gap(SafeText($0.part.rawValue), SafeText($0.reason)), Style(.warning))
        }
    }

    private func facts(_ context: PageContext) -> [PageLine] {
        let details = knowledge.details?.value
        switch tab {
        case .topology, .slowlog, .events: return []
        case .clients: return details.map { RedisFacts(details: $0, now: context.world.now).lines } ?? []
        case .pubsub:
            return details?.pubsub.map { [PageLine(RedisWords.pubsub($0.channels, $0.patterns))] } ?? []
        case .streams:
            return details?.streams.map {
                [PageLine(RedisWords.streams($0.found, $0.scanned, of: $0.keys), Style(.dim))]
            }
                ?? []
        case .keys: return keyFacts(context)
        }
    }

    private func keyFacts(_ context: PageContext) -> [PageLine] {
        guard let report = keysReport(context) else {
            return keysAnswer(context)?.failures.map {
                PageLine(
                    AnswerWords.failed(SafeText($0.worker), SafeText($0.error.message)), Style(.warning))
            } ?? []
        }
        let age = Figures.span(report.at.duration(to: context.world.fleet.workersTime ?? context.world.now))
        let head = PageLine(RedisWords.scan(report, Figures.latency(report.took), age))
        return [head] + (report.reservation.map { [PageLine(SafeText($0), Style(.warning))] } ?? [])
    }

    func emptiness(_ context: PageContext) -> [PageLine] {
        if tab == .keys { return [PageLine(keyEmptiness(context), Style(.dim))] }
        let stand = AnswerStand(tab.needsDetails ? .redisDetails : .redis, context)
        guard stand.emptiness.isEmpty else { return stand.emptiness }
        return stand.answer?.replies.isEmpty == false ? [PageLine(RedisWords.nothing(tab), Style(.dim))] : []
    }

    private func keyEmptiness(_ context: PageContext) -> SafeText {
        if isScanning(context) { return RedisWords.scanning }
        if keysReport(context) != nil { return RedisWords.nothing(.keys) }
        return wasAskedForKeys && keysAnswer(context) == nil ? RedisWords.scanLost : RedisWords.askForKeys
    }
}

extension RedisGap.Part {
    /// Where it is missed.
    fileprivate var tabs: Set<RedisTab> {
        switch self {
        case .info, .clients: [.clients]
        case .pubsub: [.pubsub]
        case .slowlog: [.slowlog]
        case .streams: [.streams]
        }
    }
}
