/// What is said first on a connection, all at once; the connection is ready when all of it is answered.
enum HandshakeStep: Sendable, Equatable {
    case authenticate(user: String?, password: String)
    case select(database: Int)
    case name(String)
    /// Proves that Redis takes commands from us: it answers with an error while it loads, or wants a password.
    case ping
    /// Proves in the same way that Redis is a primary.
    case primary

    var command: RESPCommand {
        switch self {
        case .authenticate(let user?, let password): RESPCommand("AUTH", .text(user), .text(password))
        case .authenticate(nil, let password): RESPCommand("AUTH", .text(password))
        case .select(let database): RESPCommand("SELECT", .integer(Int64(database)))
        case .name(let name): RESPCommand("CLIENT", "SETNAME", .text(name))
        case .ping: RESPCommand("PING")
        case .primary: RESPCommand("ROLE")
        }
    }

    /// Whether the connection can go on after this reply.
    func accepts(_ reply: RESPValue) -> Bool {
        switch self {
        case .primary: reply.role == "master"
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

    /// The role that the answer to ROLE names: `master`, `slave` or `sentinel`.
    var role: String? { array?.first?.text }
}
