import FleetModel
import Terminal

/// The figures of the header's third line: what the fleet leaves undone, its breakers, and its Redis.
struct ResilienceFigures {
    let snapshot: Snapshot

    private var resilience: FleetResilience { snapshot.resilience }
    private var totals: FleetTotals { snapshot.totals }

    /// A storm and an old echo stand here only while they last; the rest keeps its place.
    var figures: [Figure] {
        resilience.live > 0 ? [degraded, storm, breakers, redis, echo].compactMap { $0 } : []
    }

    private var degraded: Figure {
        guard let worst = resilience.worstImpairment else {
            return Figure(label: HeaderWords.degraded, value: HeaderWords.none, priority: 9)
        }
        let level = ResilienceWords.level(worst.value.level)
        let others: SafeText = resilience.impaired > 1 ? HeaderWords.andMore(resilience.impaired - 1) : ""
        return Figure(
            label: HeaderWords.degraded, value: level.isEmpty ? "\(resilience.impaired)/\(resilience.live)" : level,
            words: "\(worst.worker)\(others): \(worst.value.reason)", style: worst.value.severity.style, priority: 9)
    }

    private var storm: Figure? {
        guard let worst = resilience.worstStorm else { return nil }
        let count: SafeText = totals.storms > 1 ? HeaderWords.andMore(totals.storms - 1) : ""
        return Figure(
            label: HeaderWords.storm, value: Figures.rate(worst.value.connectsPerSecond) + "/s",
            words: "\(worst.worker)\(count)",
            style: Style(.warning), priority: 8)
    }

    private var breakers: Figure {
        let value: SafeText = "\(totals.breakersClosed)/\(totals.breakers)"
        guard let worst = resilience.worstBreaker else {
            return Figure(label: HeaderWords.breakers, value: value, unit: HeaderWords.closed, priority: 7)
        }
        let reason: SafeText = worst.value.reason.map { ": \(SafeText($0))" } ?? ""
        let state = ResilienceWords.state(worst.value.state)
        return Figure(
            label: HeaderWords.breakers, value: "\(value) \(SafeText(worst.value.name.rawValue)) \(state)",
            words: "\(worst.worker)\(reason)", style: Style(worst.value.state == .open ? .critical : .warning),
            priority: 7)
    }

    /// While some workers use another primary than most, how many use this one.
    private var redis: Figure {
        guard !resilience.primary.isEmpty else {
            return Figure(label: HeaderWords.redis, value: HeaderWords.noPrimary, style: Style(.warning), priority: 5)
        }
        let isOne = resilience.primaryUsers == resilience.live
        return Figure(
            label: HeaderWords.redis, value: resilience.primary,
            unit: isOne ? "" : HeaderWords.usedBy(resilience.primaryUsers, of: resilience.live),
            words: isOne ? Figures.latency(resilience.roundTrip) : "",
            style: isOne && resilience.roundTrip <= HealthLimits.redisRoundTrip ? .normal : Style(.warning),
            priority: 5)
    }

    private var echo: Figure? {
        guard let oldest = resilience.oldestEcho else { return nil }
        let style = Style(oldest.value > HealthLimits.echoSilence ? .critical : .warning)
        return Figure(
            label: HeaderWords.echo, value: Figures.span(oldest.value), words: "\(oldest.worker)", style: style,
            priority: 4)
    }
}
