import Glibc
import NIOCore

/// Who holds the other end of a unix socket: the operating system's word, never the client's.
struct PeerCredentials: Sendable, Equatable {
    var process: Int32
    var user: UInt32
    var group: UInt32

    /// - Throws: where the channel is no unix socket.
    static func of(_ channel: any Channel) async throws -> PeerCredentials {
        guard let provider = channel as? any SocketOptionProvider else { throw ChannelError.operationUnsupported }
        let raw: Raw = try await provider.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        return PeerCredentials(process: raw.process, user: raw.user, group: raw.group)
    }

    /// `struct ucred` of unix(7), which glibc shows only to those who define `_GNU_SOURCE`.
    private struct Raw: Sendable {
        var process: Int32 = 0
        var user: UInt32 = 0
        var group: UInt32 = 0
    }
}
