/// How a connection to one server is opened: TLS, and what is said first.
struct NodeAccess: Sendable {
    var user: String?
    var password: String?
    var database = 0
    /// nil speaks plainly; a failure fails every dial with its words.
    var tls: Result<RedisTLS, TLSFailure>?
    /// Whether a server that is no primary is left.
    var mustBePrimary = false

    func handshake(name: String) -> [HandshakeStep] {
        var steps: [HandshakeStep] = []
        if let password { steps.append(.authenticate(user: user, password: password)) }
        if database != 0 { steps.append(.select(database: database)) }
        return steps + [.name(name), probe]
    }

    /// What is asked of an idle connection.
    var probe: HandshakeStep { mustBePrimary ? .primary : .ping }
}

extension NodeAccess {
    /// To the servers that hold the data.
    init(_ target: RedisTarget, tls: Result<RedisTLS, TLSFailure>?) {
        self.init(
            user: target.url.user, password: target.url.password, database: target.url.database, tls: tls,
            mustBePrimary: target.sentinels != nil)
    }

    init(_ sentinels: SentinelGroup, tls: Result<RedisTLS, TLSFailure>?) {
        self.init(user: sentinels.user, password: sentinels.password, tls: tls)
    }
}
