import NIOCore

/// What the registry of connections is yet to be told of one loop's clients, in order and bounded.
struct RegistryNotes: Sendable {
    enum Note: Sendable {
        case opened(RandomID, userID: String)
        case closed(RandomID, userID: String, at: NIODeadline)
    }

    /// Several seconds of the highest connect rate; notes are taken five times a second.
    static let capacity = 65_536

    private(set) var notes: [Note] = []
    /// Notes were lost: whoever takes these has to ask who is there.
    private(set) var isIncomplete = false

    mutating func add(_ note: Note) {
        guard notes.count < Self.capacity else {
            isIncomplete = true
            return
        }
        notes.append(note)
    }

    mutating func take() -> RegistryNotes {
        defer { self = RegistryNotes() }
        return self
    }
}

extension LoopShard {
    func noteOpened(_ connection: Connection) {
        guard let userID = connection.identity.userID else { return }
        registryNotes?.add(.opened(connection.id, userID: userID))
    }

    /// Notes the end for the registry, which ends the cleanup; without an entry there the cleanup ends here.
    func noteClosed(_ connection: Connection, at moment: NIODeadline) {
        if connection.purpose == .client, registryNotes != nil, let userID = connection.identity.userID {
            registryNotes?.add(.closed(connection.id, userID: userID, at: moment))
        } else {
            counters.cleanup.record(Duration(.now() - moment))
        }
    }

    /// All clients that belong into the registry.
    var registrable: [RandomID: String] {
        connections.reduce(into: [:]) { registrable, connection in
            guard let connection, connection.purpose == .client, let userID = connection.identity.userID else { return }
            registrable[connection.id] = userID
        }
    }
}

extension DataPlane {
    /// Begins to note who comes and goes.
    func startNoting() async {
        _ = await onEachShard { $0.registryNotes = RegistryNotes() }
    }

    func takeNotes() async -> [RegistryNotes] {
        await onEachShard { $0.registryNotes?.take() }.compactMap { $0 }
    }

    func registrable() async -> [RandomID: String] {
        await onEachShard(\.registrable).reduce(into: [:]) { $0.merge($1) { old, _ in old } }
    }

    /// Counts the end of a connection's cleanup by the registry.
    func recordCleanup(_ duration: Duration) {
        watch.withLock { $0.cleanup.record(duration) }
    }
}
