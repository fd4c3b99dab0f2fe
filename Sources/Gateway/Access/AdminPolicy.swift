import FleetModel

/// Who may do what over the admin API.
package struct AdminPolicy: Sendable, Equatable, Codable {
    /// Empty for the default: root and the worker's own user are admins, and everybody else whom the socket's mode lets
    /// in looks.
    package var access: [AdminRule] = []

    package init() {}

    /// The greatest role that the rules give; nil where none is about the asker.
    /// - Parameter ownUser: the number of the user that the worker runs as.
    func role(of asker: AdminAsker, ownUser: UInt32) -> AccessRole? {
        guard access.isEmpty else { return access.filter { $0.subject.contains(asker) }.map(\.role).max() }
        switch asker {
        case .user(let user): return user.number == 0 || user.number == ownUser ? .admin : .viewer
        case .certificate: return nil
        }
    }
}

/// Gives a role to whom it is about.
package struct AdminRule: Sendable, Equatable, Codable {
    package enum Subject: Sendable, Equatable, Codable {
        /// By name, or as `uid:1234`; `*` is every user that the socket's mode lets in.
        case user(String)
        /// By name, or as `gid:1234`.
        case group(String)
        /// The SAN URI of a client's certificate.
        case certificate(String)

        func contains(_ asker: AdminAsker) -> Bool {
            switch (self, asker) {
            case (.user(let name), .user(let user)): name == "*" || name == user.name
            case (.group(let name), .user(let user)): user.groups.contains(name)
            case (.certificate(let name), .certificate(let names)): names.contains(name)
            case (.user, .certificate), (.group, .certificate), (.certificate, .user): false
            }
        }
    }

    package var subject: Subject
    package var role: AccessRole

    package init(_ subject: Subject, role: AccessRole) {
        self.subject = subject
        self.role = role
    }

    /// More would be looked through at every request.
    package static let most = 256
}

/// Who is at the other end of an admin connection.
enum AdminAsker: Sendable, Equatable {
    /// On a unix socket.
    case user(PeerUser)
    /// Over TCP: the SAN URIs of the certificate.
    case certificate([String])
}
