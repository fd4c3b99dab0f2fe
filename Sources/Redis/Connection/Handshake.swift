/// What is said first on a connection, all at once; the connection is ready when all of it is answered.
enum HandshakeStep: Sendable, Equatable {
    case authenticate(user: String?, password: String)
    case select(database: Int)
    case name(String)
    /// Proves that Redis takes commands from us: it answers with an error while it loads, or wants a password.
    case ping

    static func steps(url: RedisURL, name: String) -> [HandshakeStep] {
        var steps: [HandshakeStep] = []
        if let password = url.password { steps.append(.authenticate(user: url.user, password: password)) }
        if url.database != 0 { steps.append(.select(database: url.database)) }
        return steps + [.name(name), .ping]
    }

    var command: RESPCommand {
        switch self {
        case .authenticate(let user?, let password): RESPCommand("AUTH", .text(user), .text(password))
        case .authenticate(nil, let password): RESPCommand("AUTH", .text(password))
        case .select(let database): RESPCommand("SELECT", .integer(Int64(database)))
        case .name(let name): RESPCommand("CLIENT", "SETNAME", .text(name))
        case .ping: RESPCommand("PING")
        }
    }

    /// Whether the connection can go on after this reply.
    func accepts(_ reply: RESPValue) -> Bool {
        switch self {
        case .authenticate, .select: reply == .simple("OK")
        // A name only helps whoever reads CLIENT LIST; an ACL may forbid it.
        case .name: true
        case .ping: reply.provesLife
        }
    }
}

extension RESPValue {
    /// Whether this answers PING from a Redis that serves. MISCONF only says that Redis cannot save to its disk;
    /// Pub/Sub works all the same.
    var provesLife: Bool {
        switch self {
        case .simple(let text): text == "PONG"
        case .error(let words): words.hasPrefix("MISCONF")
        case .integer, .bulk, .null, .array: false
        }
    }
}
