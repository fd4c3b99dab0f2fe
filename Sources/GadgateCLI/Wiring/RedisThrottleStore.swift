import AdminAPI
import FleetModel
import Gateway
import Redis

/// The throttles in Redis as those that all workers keep to.
struct RedisThrottleStore: ThrottleStore {
    private let throttles: RedisThrottles

    /// - Parameter client: started already.
    init(client: RedisClient) {
        throttles = RedisThrottles(client: client)
    }

    func set(_ rule: ThrottleRule, lasting: Duration) async throws {
        let taken = try await throttles.set(
            rule.pattern.rawValue, try AdminJSON.encode(rule), lasting: lasting, most: ThrottleLimits.maximumNumber)
        guard taken else {
            throw AdminError(
                .conflict,
                "there are \(ThrottleLimits.maximumNumber) throttles already; clear one: gadtop throttle list")
        }
    }

    func clear(_ pattern: RoomPattern) async throws -> Bool { try await throttles.clear(pattern.rawValue) }

    func throttles() async throws -> StoredThrottles {
        let (entries, workers) = try await throttles.list()
        return StoredThrottles(
            held: entries.compactMap { entry in
                // What another version wrote and this one cannot read holds there only.
                guard let rule = try? AdminJSON.decode(ThrottleRule.self, from: entry.rule) else { return nil }
                return StoredThrottles.Held(rule: rule, left: entry.left)
            }, workers: workers)
    }
}
