import AdminAPI
import FleetModel
import Gateway
import Redis

/// Answers what a view asks of the primary in depth: one look at a time, shared by all who ask meanwhile.
actor RedisInsight {
    private let worker: WorkerID
    private let inspector: RedisInspector
    private let clock: SteadyClock

    private var latest: RedisDetails?
    private var isLooking = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isSearching = false

    init(worker: WorkerID, inspector: RedisInspector, clock: SteadyClock) {
        self.worker = worker
        self.inspector = inspector
        self.clock = clock
    }

    /// Readers share what is not older than this: many consoles cost Redis no more than one.
    private static let shareable: Duration = .seconds(1)

    func details() async -> RedisDetails {
        let moment = clock.now.advanced(by: .zero - Self.shareable)
        while true {
            if let latest, latest.at >= moment { return latest }
            if isLooking {
                await withCheckedContinuation { waiting.append($0) }
            } else {
                await look()
            }
        }
    }

    private func look() async {
        isLooking = true
        let facts = await inspector.facts(.standard)
        latest = RedisDetails(facts, worker: worker, at: clock.now, primary: inspector.primary)
        isLooking = false
        waiting.forEach { $0.resume() }
        waiting = []
    }

    /// - Throws: `AdminError.conflict` while another search runs, `AdminError.unavailable` where Redis does not answer.
    func keys(_ kind: RedisKeyKind, limit: Int) async throws(AdminError) -> RedisKeyReport {
        guard !isSearching else {
            throw AdminError(.conflict, "\(worker) is looking through the keys already; ask again in a second")
        }
        isSearching = true
        defer { isSearching = false }
        do {
            let (measure, reservation) = try await measure(of: kind)
            let finding = try await inspector.find(.keys(by: measure, limit: limit))
            return RedisKeyReport(
                finding, of: kind, by: measure, reservation: reservation, worker: worker, at: clock.now)
        } catch {
            throw AdminError(.unavailable, "the keys of Redis cannot be looked through: \(error)")
        }
    }

    private func measure(of kind: RedisKeyKind) async throws -> (RedisKeyMeasure, reservation: String?) {
        switch kind {
        case .big: return (.memory, nil)
        case .hot:
            guard let policy = try await inspector.policyWithoutFrequency() else { return (.frequency, nil) }
            return (
                .idle,
                "Redis counts the uses of keys under an LFU policy only, and its maxmemory-policy is \(policy): "
                    + "these are the keys used last"
            )
        }
    }
}

extension ServerQuestion {
    /// Streams of critical rooms lie among all other keys; a database that is larger is not looked through whole.
    static let standard = ServerQuestion(
        slowCommands: RedisDetails.maximumSlowCommands,
        streams: KeySearch(
            .length, streamPrefix: "gad:stream:", wanted: RedisStreamList.maximumListed, maximumKeys: 10_000,
            maximumTime: .milliseconds(300)),
        channels: ["ws_broadcast", "gad:all"])
}

extension KeySearch {
    /// Enough to find what stands out, and over before Redis or anybody who waits for it notices.
    static func keys(by measure: RedisKeyMeasure, limit: Int) -> KeySearch {
        let question: Question =
            switch measure {
            case .memory: .memory
            case .frequency: .frequency
            case .idle: .idleTime
            }
        return KeySearch(question, wanted: limit, maximumKeys: 20_000, maximumTime: .milliseconds(500))
    }
}
