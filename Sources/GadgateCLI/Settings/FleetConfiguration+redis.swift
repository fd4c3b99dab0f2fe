import Gateway
import Redis

extension FleetConfiguration {
    /// One server, or a primary that Sentinels name; a URL beside Sentinels says who we are to the primary, and whether
    /// over TLS.
    static func redis(_ settings: Settings, _ machine: Machine) throws -> RedisSettings {
        let url = try redisURL(settings)
        _ = try settings.content(of: .redisCA, machine)
        if settings.given(.redisCA) != nil, !url.hasPrefix("rediss://") {
            throw settings.refusal(of: .redisCA, "it is for Redis over TLS: give a URL of rediss:// with --redis")
        }
        let sentinels = try settings.value(.sentinel, SentinelAddresses.kind) ?? []
        try checkSentinelSettings(settings, isSentinel: !sentinels.isEmpty)
        return RedisSettings(
            url: url, sentinels: sentinels,
            master: try settings.value(.master, primaryName) ?? RedisSettings.standardMaster,
            sentinelCredentials: try sentinelCredentials(settings), certificateAuthority: settings.text(.redisCA))
    }

    private static func checkSentinelSettings(_ settings: Settings, isSentinel: Bool) throws {
        if isSentinel, settings.given(.master) == nil {
            throw settings.refusal(
                of: .sentinel,
                "the name of the primary is missing: give --master NAME (redis-cli -p 26379 sentinel masters says it)")
        }
        for setting in [Setting.master, .sentinelCredentials] where !isSentinel && settings.given(setting) != nil {
            throw settings.refusal(of: setting, "it is of use with Sentinels only: give --sentinel HOST:PORT,… too")
        }
    }

    private static let primaryName = Kind<String>(
        allowed: "a name without spaces", read: { $0.isEmpty || $0.contains(" ") ? nil : $0 }, write: { $0 })

    private static func redisURL(_ settings: Settings) throws -> String {
        guard let given = settings.given(.redis) else { return Standard.redis }
        do {
            _ = try RedisURL(given.text)
            return given.text
        } catch {
            // The text may hold a password: it is not repeated.
            throw settings.refusal(of: .redis, "\(error)")
        }
    }

    private static func sentinelCredentials(_ settings: Settings) throws -> String? {
        guard let text = settings.text(.sentinelCredentials) else { return nil }
        guard let colon = text.firstIndex(of: ":"), text.index(after: colon) < text.endIndex else {
            // The text is a secret: it is not repeated.
            throw settings.refusal(of: .sentinelCredentials, "it is not allowed: give user:password, or :password")
        }
        return text
    }
}

/// The Sentinels, as `host:port` with commas between.
enum SentinelAddresses {
    static let kind = Kind<[String]>(
        allowed: "1 to \(SentinelGroup.maximumCount) of HOST:PORT with commas between",
        example: "like 10.0.0.1:26379,10.0.0.2:26379", read: read, write: { $0.joined(separator: ",") })

    @Sendable private static func read(_ text: String) -> [String]? {
        let addresses = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimming(" ") }
        let isRight = addresses.allSatisfy(isAddress) && addresses.count <= SentinelGroup.maximumCount
        return isRight ? addresses : nil
    }

    private static func isAddress(_ text: String) -> Bool {
        // What is wrong with it is said by what is allowed.
        (try? RedisAddress(text, standardPort: SentinelGroup.standardPort)) != nil
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String {
        String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
    }
}
