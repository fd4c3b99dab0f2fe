import FleetModel
import Terminal

/// One worker's figures in words, in the order in which one asks for them.
struct WorkerFacts {
    typealias Fact = FactSection.Fact
    typealias Words = WorkerPageWords

    let row: WorkerRow
    let now: UnixTime

    private var figures: WorkerFigures { row.figures }

    var sections: [FactSection] {
        guard let sample = row.sample else { return [findings] }
        let parts: [FactSection?] = [
            row.findings.isEmpty ? nil : findings, identity(sample), connections(sample), drain(sample), shed(sample),
            traffic, latency, queues(sample), process(sample), redis(sample), drops(sample), closes(sample),
            failures(sample),
        ]
        return parts.compactMap { $0 }
    }

    private var findings: FactSection {
        FactSection(
            title: Words.findings, facts: row.findings.map { Fact($0.title, $0.detail, $0.severity.style) })
    }

    private func identity(_ sample: WorkerSample) -> FactSection {
        let age = sample.startedAt.duration(to: now)
        return FactSection(
            title: Words.identity,
            facts: [
                Fact(Words.state, figures.stateWord, figures.impairment?.severity.style ?? .normal),
                Fact(Words.uptime, Words.since(Figures.span(age), SafeText(sample.startedAt.secondText))),
                Fact(Words.version, SafeText(sample.version)), Fact(Words.node, SafeText(sample.node)),
                Fact(Words.process, "\(sample.pid)"),
            ])
    }

    private func connections(_ sample: WorkerSample) -> FactSection {
        var facts = [
            Fact(Words.connections, Figures.exact(sample.connections)),
            Fact(Words.rooms, Figures.exact(sample.rooms)),
        ]
        if let share = figures.share {
            facts.insert(
                Fact(Words.share, .bar(share, Figures.percent(share)), Style(.bar)), at: 1)
        }
        let roles = sample.roles.map { "\(SafeText($0.role)) \(Figures.grouped($0.connections))" as SafeText }
        if !roles.isEmpty { facts.append(Fact(Words.roles, .list(roles))) }
        facts += sample.topRooms.prefix(Self.rooms).map {
            Fact("", "\(SafeText($0.room))  \(Figures.grouped($0.connections))")
        }
        return FactSection(title: Words.holds, facts: facts)
    }

    private static let rooms = 3

    private var traffic: FactSection {
        let rates = figures.rates
        return FactSection(
            title: Words.traffic,
            facts: [
                Fact(Words.messagesIn, "\(Figures.rate(rates.messagesInPerSecond))/s"),
                Fact(Words.messagesOut, "\(Figures.rate(rates.messagesOutPerSecond))/s"),
                Fact(Words.lastMinute, .spark(figures.outHistory), Style(.spark)),
                Fact(
                    Words.connects,
                    Words.connects(
                        Figures.rate(rates.connectsPerSecond), reconnects: Figures.rate(rates.reconnectsPerSecond))),
                Fact(
                    Words.closes,
                    Words.closes(
                        Figures.rate(rates.closesPerSecond), planned: Figures.rate(rates.plannedClosesPerSecond))),
                Fact(
                    Words.churn,
                    Words.churn(
                        Figures.tenths(percent: figures.unplannedChurn),
                        planned: Figures.tenths(percent: figures.plannedChurn)),
                    row.severity(of: .churn).style),
            ])
    }

    private var latency: FactSection {
        let histogram = figures.latency
        let columns: [(SafeText, Duration?)] = [
            ("p50", figures.p50), ("p90", histogram.quantile(0.90)), ("p95", figures.p95), ("p99", figures.p99),
            ("p99.9", histogram.quantile(0.999)), ("max", histogram.maximum),
        ]
        let facts = columns.map { name, duration in
            Fact(name, Figures.latency(duration), duration ?? .zero > HealthLimits.p99 ? Style(.warning) : .normal)
        }
        let count = Fact(Words.messages, Figures.grouped(Int(clamping: histogram.count)))
        return FactSection(title: Words.latency, facts: facts + [count])
    }

    private func queues(_ sample: WorkerSample) -> FactSection {
        let classes = Criticality.allCases.map {
            Fact(LatencyWords.criticality($0), Figures.grouped(Int(clamping: sample.queueMessages[$0])))
        }
        return FactSection(title: Words.queues, facts: classes + [Fact(Words.bytes, Figures.bytes(sample.queueBytes))])
    }

    private func process(_ sample: WorkerSample) -> FactSection {
        FactSection(
            title: Words.resources,
            facts: [
                Fact(Words.cpu, .bar(figures.rates.cpu, Figures.percent(figures.rates.cpu)), Style(.bar)),
                Fact(Words.memory, Figures.bytes(sample.memory)),
                Fact(
                    Words.descriptors,
                    .bar(
                        figures.fdsPart, "\(Figures.grouped(sample.openFDs)) / \(Figures.grouped(sample.maxFDs))"),
                    Style(row.severity(of: .descriptors) > .fine ? .warning : .bar)),
                Fact(Words.lag, Figures.latency(sample.loopLag), row.severity(of: .lag).style),
            ])
    }
}

// MARK: - What holds it up

extension WorkerFacts {
    private func redis(_ sample: WorkerSample) -> FactSection {
        let unknown = sample.redisPrimary.isEmpty
        var facts = [
            Fact(Words.primary, unknown ? Figures.none : SafeText(sample.redisPrimary)),
            Fact(Words.roundTrip, Figures.latency(sample.redisRoundTrip), row.severity(of: .roundTrip).style),
            Fact(Words.echo, Figures.elapsed(sample.echoAge), row.severity(of: .echo).style),
        ]
        facts += sample.breakers.map { report in
            Fact(Words.breaker(SafeText(report.name.rawValue)), breaker(report), Self.style(of: report.state))
        }
        if let impairment = figures.impairment {
            facts.append(Fact(Words.degraded, impairment.reason, impairment.severity.style))
        }
        if let storm = sample.storm {
            let (rate, usual) = (Figures.rate(storm.connectsPerSecond), Figures.rate(storm.baselinePerSecond))
            facts.append(Fact(Words.storm, Words.storm(rate, usual: usual), Style(.warning)))
        }
        return FactSection(title: Words.redis, facts: facts)
    }

    private func breaker(_ report: BreakerReport) -> SafeText {
        let state = Words.breaker(report.state, for: Figures.span(report.since.duration(to: now)))
        let failures = Words.failures(Figures.grouped(Int(clamping: report.failuresTotal)))
        guard let override = report.override else { return "\(state), \(failures)" }
        return "\(state), \(Words.held(by: SafeText(override.by)))"
    }

    private static func style(of state: BreakerState) -> Style {
        switch state {
        case .closed: Style(.good)
        case .halfOpen: Style(.warning)
        case .open: Style(.critical)
        }
    }

    private func drops(_ sample: WorkerSample) -> FactSection? {
        guard !sample.drops.isEmpty else { return nil }
        let facts = sample.drops.sorted { $0.count > $1.count }.prefix(Self.listed).map { drop in
            let rate = figures.drops.first { $0.criticality == drop.criticality && $0.reason == drop.reason }
            return Fact(
                LatencyWords.criticality(drop.criticality),
                Words.dropped(
                    Figures.grouped(Int(clamping: drop.count)), Words.reason(drop.reason),
                    rate.map { Figures.rate($0.perSecond) }),
                rate == nil ? .normal : Style(.warning))
        }
        return FactSection(title: Words.drops, facts: Array(facts))
    }

    private func closes(_ sample: WorkerSample) -> FactSection? {
        guard !sample.closes.isEmpty else { return nil }
        let facts = sample.closes.sorted { ($1.count, $0.code) < ($0.count, $1.code) }.prefix(Self.listed).map {
            Fact("\($0.code)", "\(Figures.grouped(Int(clamping: $0.count)))  \(ChurnWords.meaning($0.code))")
        }
        let planned = Fact(Words.planned, Figures.grouped(Int(clamping: sample.plannedClosesTotal)))
        return FactSection(title: Words.closesByCode, facts: facts + [planned])
    }

    /// Codes and reasons beyond these are for `gadtop get workers -o json`.
    private static let listed = 12

    private func failures(_ sample: WorkerSample) -> FactSection {
        let all: [(SafeText, UInt64)] = [
            (Words.refused, sample.refusedTotal), (Words.authFailures, sample.authFailuresTotal),
            (Words.protocolErrors, sample.protocolErrorsTotal), (Words.silentClients, sample.heartbeatTimeoutsTotal),
            (Words.sendErrors, sample.sendErrorsTotal), (Words.failedResumes, sample.resumesFailedTotal),
            (Words.repaired, sample.repairedTotal),
        ]
        return FactSection(
            title: Words.errors, facts: all.map { Fact($0, Figures.grouped(Int(clamping: $1))) })
    }

    private func drain(_ sample: WorkerSample) -> FactSection? {
        guard let drain = sample.drain else { return nil }
        var facts = [
            Fact(
                Words.phase,
                .bar(drain.progress, Words.left(DrainWords.phase(drain.phase), Figures.grouped(drain.remaining))),
                Style(.accent)),
            Fact(Words.by, "\(SafeText(drain.requestedBy))"),
            Fact(Words.deadline, SafeText(drain.deadline.clockText)),
        ]
        if let reason = drain.reason, !reason.isEmpty { facts.append(Fact(Words.reason, SafeText(reason))) }
        return FactSection(title: Words.drain, facts: facts)
    }

    private func shed(_ sample: WorkerSample) -> FactSection? {
        guard let shed = sample.shed else { return nil }
        let told = Words.told(Figures.grouped(shed.told), of: Figures.grouped(shed.count))
        return FactSection(
            title: Words.shed,
            facts: [
                Fact(
                    Words.phase, .bar(Double(shed.told) / Double(max(shed.count, 1)), told), Style(.accent)),
                Fact(Words.by, SafeText(shed.requestedBy)), Fact(Words.operation, SafeText(shed.operation)),
            ])
    }
}

extension UnixTime {
    /// "2026-11-23 18:18:22", UTC.
    var secondText: String { description.prefix(19).split(separator: "T").joined(separator: " ") }
}
