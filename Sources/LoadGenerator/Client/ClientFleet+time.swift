/// What is done at each tick: waits that are over, and clients whose turn it is.
extension ClientFleet {
    /// Attempts under way at once, well below a listener's usual backlog of 4,096.
    static let maximumAttempts = 512
    /// From dialling to the confirmed subscription.
    static let attemptLimit: Duration = .seconds(10)
    /// What the server refused for the moment is asked for again after about this long.
    private static let requestPause: Duration = .seconds(1)

    func timePassed(_ now: UInt64) {
        for (client, ticket) in limits.due(at: now) { client.giveUp(ticket: ticket) }
        for (client, ticket) in wakes.due(at: now) where !isFrozen || client.life.phase.isReturning {
            client.timeIsUp(ticket: ticket)
        }
        for (client, ticket) in requests.due(at: now) { client.askAgain(ticket: ticket) }
        dialWaiting()
        if !isFrozen { begin(pacer.due(at: now)) }
    }

    private func begin(_ count: Int) {
        // A server that cannot keep up is not offered more; the connect rate is then what it bears.
        guard attempts < Self.maximumAttempts, waiting.isEmpty else { return }
        for client in clients[begun..<min(clients.count, begun + count)] {
            begun += 1
            client.begin()
        }
    }

    private func dialWaiting() {
        guard !waiting.isEmpty else { return }
        let free = max(0, Self.maximumAttempts - attempts)
        let next = waiting.prefix(free)
        waiting.removeFirst(next.count)
        for client in next { dial(client) }
    }

    func wake(_ client: LoadClient, ticket: UInt32, after time: Duration) {
        wakes.add((client, ticket), at: SteadyClock.now + time.wholeNanoseconds)
    }

    func askAgain(_ client: LoadClient) {
        let wait = Self.requestPause * Double.random(in: 0.5...1, using: &random)
        requests.add((client, client.life.ticket), at: SteadyClock.now + wait.wholeNanoseconds)
    }

    func connect(_ client: LoadClient) {
        if attempts < Self.maximumAttempts { dial(client) } else { waiting.append(client) }
    }

    private func dial(_ client: LoadClient) {
        let now = SteadyClock.now
        attempts += 1
        tally.pace.dialled(at: now)
        limits.add((client, client.life.ticket), at: now + Self.attemptLimit.wholeNanoseconds)
        dialler.dial(client.makeConnection(now: now), to: client.target, number: client.number) { reason in
            client.ended(.unreachable(reason))
        }
    }

    /// Clients lose their connections at once, as many as the plan says.
    func storm(_ now: UInt64) {
        let victims = clients.lazy.filter { $0.isSubscribed && !$0.isStuck }.prefix(plan.stormClients)
        tally.storm.began(at: now, dropped: victims.count)
        for client in Array(victims) { client.drop(at: now) }
    }
}
