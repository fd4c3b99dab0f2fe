import AdminAPI
import FleetModel
import Glibc
import HTTPTypes
import Hummingbird
import NIOCore
import NIOSSL

/// Decides who asks and which role they have.
protocol AccessJudge: Sendable {
    func asker(of request: Request, _ context: AdminContext) async throws -> Asker
}

/// Who asks, as the worker found out.
struct Asker: Sendable, Equatable {
    /// The user the operating system named, or the SAN URI of a certificate.
    var name: String
    /// Where from, in words.
    var origin: String
    /// What its rules grant, before the session lowered it.
    var granted: AccessRole?
    var role: AccessRole?

    /// - Throws: `AdminError.denied`, naming the role that `action` needs.
    func require(_ needed: AccessRole, for action: String) throws(AdminError) {
        guard role.map({ $0 < needed }) ?? true else { return }
        let words =
            switch (granted, role) {
            case (nil, _): "\(name) is not known to this worker; its gadgate.yaml names who is, under admin.access"
            case (let granted?, let role?) where granted >= needed:
                "this session of \(name) lowered itself to \(role.rawValue)"
            case (let granted?, _): "\(name) is \(granted.rawValue)"
            }
        throw AdminError(.denied, "\(action) needs the role \(needed.rawValue); \(words)")
    }
}

/// Takes the peer of each connection for who the kernel or the certificate says it is, and asks the rules in force.
struct PeerJudge: AccessJudge {
    let policy: @Sendable () -> AdminPolicy
    let users = UserDirectory()
    /// The user that the worker runs as.
    let ownUser = geteuid()

    func asker(of request: Request, _ context: AdminContext) async throws -> Asker {
        let (peer, name, origin) = try await peer(of: context.channel)
        let granted = policy().role(of: peer, ownUser: ownUser)
        return Asker(
            name: name, origin: origin, granted: granted, role: try Self.lowered(granted, by: request))
    }

    private func peer(of channel: any Channel) async throws -> (AdminAsker, name: String, origin: String) {
        if let certificate = try await Self.certificate(of: channel) {
            let names = certificate.uniformNames
            let address = channel.remoteAddress?.description ?? "unknown"
            return (.certificate(names), names.first ?? "a certificate without a name", "tcp, \(address)")
        }
        let credentials = try await PeerCredentials.of(channel)
        let user = try await users.user(credentials)
        return (.user(user), user.name, "unix, process \(credentials.process)")
    }

    /// What the client proved to have in its handshake; nil on a unix socket.
    private static func certificate(of channel: any Channel) async throws -> NIOSSLCertificate? {
        try await channel.eventLoop.submit {
            let handlers = channel.pipeline.syncOperations
            // Without the handler it is no connection over TLS.
            return try? handlers.handler(type: NIOSSLServerHandler.self).peerCertificate
        }.get()
    }

    /// A session may be less than it could be, never more.
    private static func lowered(_ granted: AccessRole?, by request: Request) throws -> AccessRole? {
        guard let text = request.value(of: AdminHeader.role) else { return granted }
        guard let wanted = AccessRole(rawValue: text) else {
            let known = AccessRole.allCases.map(\.rawValue).joined(separator: ", ")
            throw AdminError(.badRequest, "\(AdminHeader.role) is \"\(SafeText(text))\"; there are \(known)")
        }
        return granted.map { min($0, wanted) }
    }
}
