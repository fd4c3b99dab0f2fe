/// Where Redis is: one server, or a primary that Sentinels name.
package struct RedisSettings: Sendable, Equatable, Codable {
    /// `redis://[[user]:password@]host[:port][/database]`, or `rediss://` for TLS. With Sentinels, host and port are
    /// not used, and the rest is of the primary and its replicas.
    package var url: String
    /// `host:port` of each Sentinel; empty for one server.
    package var sentinels: [String]
    /// The name that the Sentinels know the primary by.
    package var master: String
    /// User and password of the Sentinels themselves, as `user:password` or `:password`.
    package var sentinelCredentials: String?
    /// PEM file with the authorities that sign the certificates of Redis; nil for those of the system.
    package var certificateAuthority: String?

    package static let standardMaster = "gad"

    package init(
        url: String, sentinels: [String] = [], master: String = standardMaster, sentinelCredentials: String? = nil,
        certificateAuthority: String? = nil
    ) {
        self.url = url
        self.sentinels = sentinels
        self.master = master
        self.sentinelCredentials = sentinelCredentials
        self.certificateAuthority = certificateAuthority
    }
}

/// PEM files of the serving port; without them it speaks plain HTTP. SIGHUP reads them again.
package struct TLSFiles: Sendable, Equatable, Codable {
    /// The certificate with its chain.
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
