import FleetModel
import NIOCore
import WebSocket

extension ClientCommand {
    /// Of the token in `auth`, in bytes: what a request's header may hold.
    private static let maximumTokenLength = 8 * 1_024

    static func token(_ object: JSONObject) throws(CommandFault) -> String {
        guard let token = object.object("data")?.string("token") else {
            throw CommandFault(.invalidData, "data.token must be the token, as a string")
        }
        guard token.utf8.count <= maximumTokenLength else {
            throw CommandFault(.invalidData, "data.token is longer than \(maximumTokenLength) bytes")
        }
        return token
    }
}

// MARK: - A fresh token

extension Connection {
    /// Bad tokens in a row after which a client is closed: it is guessing, or will never have a good one.
    private static let maximumBadTokens = 5

    /// Takes the place of the token the client came with, once it is verified; the connection goes on meanwhile.
    func authenticate(_ token: String) throws(CommandFault) {
        guard !isAuthenticating, shard.beginVerifying() else {
            throw CommandFault(.overloaded, "a token is being verified already; send this one after its answer")
        }
        isAuthenticating = true
        shard.verify(token) { [self] result in
            guard phase == .open else { return }
            switch result {
            case .success(let fresh): take(fresh)
            case .failure(let refusal): reject(refusal)
            }
        }
    }

    private func take(_ fresh: Identity) {
        guard fresh.userID == identity.userID else {
            isAuthenticating = false
            return refuse(CommandFault(.forbidden, "the token is of another user; connect again with it"))
        }
        badTokens = 0
        isToldOfExpiry = false
        shard.change(self, to: fresh) { [self] in
            isAuthenticating = false
            guard phase == .open else { return }
            reply(ServerEnvelope.authenticated(identity, now: shard.wallClock()))
        }
        leaveForbiddenRooms()
        shard.checkSoon(self)
    }

    private func reject(_ refusal: HandshakeRefusal) {
        isAuthenticating = false
        badTokens += 1
        shard.counters.authFailures += 1
        refuse(CommandFault(.unauthorized, refusal.message))
        if badTokens >= Self.maximumBadTokens {
            close(.invalidToken, reason: "\(badTokens) bad tokens in a row")
        }
    }
}

// MARK: - What the identity allows

extension Connection {
    /// Called for rooms that the client wants to join.
    func checkAccess(_ rooms: [RoomName]) throws(CommandFault) {
        guard let room = rooms.first(where: { !shard.mayJoin($0, identity) }) else { return }
        throw CommandFault(.forbidden, "none of your roles may join '\(room)'")
    }

    private func leaveForbiddenRooms() {
        let rooms = memberships.compactMap(\.group.room).filter { !shard.mayJoin($0, identity) }
        guard !rooms.isEmpty else { return }
        shard.leave(rooms, self)
        reply(
            ServerEnvelope.unsubscribed(
                rooms, reason: "the roles of the new token may not join", now: shard.wallClock()))
    }
}

// MARK: - Coming back

extension Connection {
    /// Counts a client that was here, or at another worker, before: it names its former connection or begins with a
    /// resume.
    func countReturn() {
        guard !isReturn else { return }
        isReturn = true
        shard.counters.reconnectsTotal += 1
    }

    func note(_ command: ClientCommand) {
        if !hasSpoken, case .resume = command { countReturn() }
        hasSpoken = true
    }
}

// MARK: - On the shard

extension LoopShard {
    /// Verifications under way on one loop: a fleet whose tokens end together must wait for each other.
    private static let maximumVerifications = 256

    func mayJoin(_ room: RoomName, _ identity: Identity) -> Bool {
        !configuration.authentication.isRequired || policy.access.mayJoin(room, identity)
    }

    /// - Returns: false when too many are verified already.
    fileprivate func beginVerifying() -> Bool {
        guard verifications < Self.maximumVerifications else { return false }
        verifications += 1
        return true
    }

    fileprivate func verify(_ token: String, _ completion: @escaping (Result<Identity, HandshakeRefusal>) -> Void) {
        guard let authenticator else {
            verifications -= 1
            return completion(.failure(.unauthorized("the worker is not ready")))
        }
        authenticator.identify(token, on: loop) { [self] result in
            verifications -= 1
            completion(result)
        }
    }

    /// Gives a connection the roles of a fresh token; `completion` is called when messages to the new ones arrive.
    fileprivate func change(_ connection: Connection, to fresh: Identity, completion: @escaping () -> Void) {
        let gone = Set(connection.identity.roles).subtracting(fresh.roles)
        let gained = fresh.roles.filter { !connection.identity.roles.contains($0) }
        connection.identity = fresh
        leave(channels: gone.map { .role($0) }, connection)
        join(channels: gained.map { .role($0) }, connection) { _ in completion() }
    }
}
