import FleetModel

extension LoadReport {
    /// Puts together what the run's parts have counted.
    init(
        options: LoadOptions, plan: LoadPlan, started: UnixTime, ledger: isolated RunLedger,
        published: Publisher.Outcome, usage: UsageOverRun
    ) {
        startedAt = started
        elapsed = .nanoseconds(usage.end.time - usage.begin.time)
        clients = Clients(
            asked: options.clients, processes: plan.processes.count, sourceAddresses: plan.sourceAddresses,
            subscribedAtEnd: ledger.total.subscribed)
        connecting = Connecting(ledger.tally)
        publishing = Publishing(options, published)
        deliveries = Deliveries(ledger.account, ledger.tally, published, until: usage.end.time)
        latency = LatencySummary(ledger.tally.allLatencies)
        classes = Self.classes(ledger.account, ledger.tally, published.log, of: options.classes)
        resumes = Resumes(ledger.tally)
        storm = Storm(ledger.tally.storm)
        if options.stuckClients > 0 { stuck = Stuck(clients: ledger.tally.stuck, ended: ledger.tally.stuckEnded) }
        clientLoad = ledger.tally.load
        faultyRooms = Self.faultyRooms(ledger.account, options.rooms)
        servers = options.serverPIDs.map { Server(pid: $0, usage) }
        memoryPerConnectionBytes = usage.memoryPerConnection
        clientCPU = ledger.tally.cpuTime
        verdict = judged(stuck: options.stuckClients, stuckConnected: ledger.total.stuckConnected)
    }

    /// The worst first.
    private static func faultyRooms(_ account: DeliveryAccount, _ rooms: [RoomName]) -> [FaultyRoom] {
        let all = account.faultyRooms.map { index, faults in
            FaultyRoom(
                room: rooms[index], lost: faults.lost, duplicates: faults.duplicates, outOfOrder: faults.outOfOrder)
        }
        return Array(all.sorted { ($1.faults, $0.room) < ($0.faults, $1.room) }.prefix(maximumFaultyRooms))
    }

    /// A report is for reading; the totals count them all.
    private static let maximumFaultyRooms = 20
}

extension LoadReport.FaultyRoom {
    fileprivate var faults: Int { lost + duplicates + outOfOrder }
}

extension LoadReport.Connecting {
    fileprivate init(_ tally: ClientTally) {
        joins = tally.joins
        perSecond = tally.pace.perSecond
        failures = tally.connectFailures
        handshake = LatencySummary(tally.handshake)
        askedToReconnect = tally.asked
        reconnects = tally.rejoins
        returnedToAvoidedWorker = tally.returnedToAvoided
        closesByServer = tally.closesByServer
        closesByClient = tally.closesByClient
        errors = tally.errors
    }
}

extension LoadReport.Publishing {
    fileprivate init(_ options: LoadOptions, _ outcome: Publisher.Outcome) {
        duration = .nanoseconds(outcome.end - outcome.begin)
        published = outcome.log.published
        unconfirmed = outcome.log.unconfirmed
        unheard = outcome.unheard
        held = outcome.held
        retries = outcome.retries
        messageBytes = outcome.messageSize.bytes
        perSecond = published > 0 ? Double(published) / max(duration.inSeconds, 0.001) : 0
        switch options.publishing {
        case .redis: (through, askedPerSecond) = ("redis", options.publishRate + (options.criticalRate ?? 0))
        case .webSocket: (through, askedPerSecond) = ("websocket", options.publishRate + (options.criticalRate ?? 0))
        case .nothing: (through, askedPerSecond) = ("nothing", 0)
        }
    }
}

extension LoadReport.Deliveries {
    fileprivate init(
        _ account: DeliveryAccount, _ tally: ClientTally, _ published: Publisher.Outcome, until end: UInt64
    ) {
        let total = account.total
        expected = total.expected
        received = total.received
        lost = total.lost
        duplicates = total.duplicates
        outOfOrder = total.outOfOrder
        misrouted = account.misrouted
        inFlightAtClose = total.inFlightAtClose
        missedWhileAway = total.missedWhileAway
        notRecovered = total.notRecovered
        unaccounted = total.unaccounted
        foreign = tally.foreign
        malformed = tally.malformed
        sessions = account.sessions
        clientsThatMoved = account.clientsThatMoved
        sessionsNotAccounted = account.unlistedSessions
        isBeginningLeftOut = published.log.isTruncated
        let lasted = Duration.nanoseconds(max(published.end, published.begin) - published.begin)
        perSecond = received > 0 ? Double(received) / max(lasted.inSeconds, 0.001) : 0
    }
}

extension LoadReport.Server {
    fileprivate init(pid: Int32, _ usage: UsageOverRun) {
        self.pid = pid
        anonymousBytesBefore = usage.begin.servers[pid]?.anonymous?.bytes
        guard let end = usage.end.servers[pid] else {
            hasEnded = true
            return
        }
        cpu = end.cpuTime - (usage.begin.servers[pid]?.cpuTime ?? .zero)
        cpuPublishing = end.cpuTime - (usage.settled.servers[pid]?.cpuTime ?? .zero)
        residentBytes = end.resident.bytes
        proportionalBytes = end.proportional?.bytes
        anonymousBytes = end.anonymous?.bytes
    }
}

extension UsageOverRun {
    /// Memory of its own that the server took while the clients connected, for each of them, in bytes.
    var memoryPerConnection: Int64? {
        guard clients > 0, !settled.servers.isEmpty else { return nil }
        let before = begin.servers.values.compactMap(\.anonymous).reduce(.zero, +)
        let after = settled.servers.values.compactMap(\.anonymous).reduce(.zero, +)
        return (after - before).bytes / Int64(clients)
    }
}
