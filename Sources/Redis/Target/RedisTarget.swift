/// The Redis that is meant, and who we are to it: one server, or whichever is the primary by the word of Sentinels.
package struct RedisTarget: Sendable, Equatable {
    /// Credentials, database and TLS for every server; host and port too where there are no Sentinels.
    package var url: RedisURL
    package var sentinels: SentinelGroup?
    /// PEM file with the authorities that sign the certificates, of Sentinels too; nil for those of the system.
    package var certificateAuthority: String?

    package init(url: RedisURL, sentinels: SentinelGroup? = nil, certificateAuthority: String? = nil) {
        self.url = url
        self.sentinels = sentinels
        self.certificateAuthority = certificateAuthority
    }
}

extension RedisTarget {
    /// Finds out before anything is started what would fail every dial: certificate authorities that cannot be read.
    /// - Throws: `TLSFailure`, which names the file. Blocks.
    package func checkAuthorities() throws {
        guard url.usesTLS else { return }
        _ = try RedisTLS(certificateAuthority: certificateAuthority)
    }
}

extension RedisTarget: CustomStringConvertible {
    /// Without any password.
    package var description: String {
        sentinels.map { "\($0.master), by \($0.addresses.count) Sentinels" } ?? "\(url)"
    }
}

/// Sentinels that watch the same primary.
package struct SentinelGroup: Sendable, Equatable {
    package var addresses: [RedisAddress]
    /// What they call the primary.
    package var master: String
    /// Who we are to the Sentinels themselves.
    package var user: String?
    package var password: String?

    package static let standardPort = 26_379
    /// Each Sentinel costs two connections; more of them watch nothing better.
    package static let maximumCount = 32

    /// - Parameters:
    ///   - addresses: `host` or `host:port` of each.
    ///   - credentials: `user:password` or `:password`.
    package init(addresses: [String], master: String, credentials: String? = nil) throws(RedisURLError) {
        guard (1...Self.maximumCount).contains(addresses.count) else {
            throw RedisURLError(plain: "name 1 to \(Self.maximumCount) Sentinels")
        }
        guard !master.isEmpty, !master.contains(" ") else {
            throw RedisURLError(plain: "the name of the primary is empty or has a space")
        }
        self.addresses = []
        for address in addresses {
            self.addresses.append(try RedisAddress(address, standardPort: Self.standardPort))
        }
        self.master = master
        (user, password) = try credentials.map { (text) throws(RedisURLError) in try Self.split(text) } ?? (nil, nil)
    }

    private static func split(_ credentials: String) throws(RedisURLError) -> (String?, String?) {
        let parts = credentials.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else {
            throw RedisURLError(plain: "credentials of Sentinels are user:password or :password")
        }
        return (parts[0].isEmpty ? nil : parts[0], parts[1])
    }
}
