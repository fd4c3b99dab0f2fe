import Glibc
import NIOCore
import NIOPosix

/// Who is at the other end of a unix socket: the operating system's word, never the client's.
enum PeerUser {
    /// - Returns: the name of the user, or `uid:1234` where the system has no name for it.
    static func name(of channel: any Channel) async throws -> String {
        guard let provider = channel as? any SocketOptionProvider else { throw ChannelError.operationUnsupported }
        let credentials: Credentials = try await provider.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        let user = credentials.user
        // The user database may be a directory server: asking it blocks.
        return try await NIOThreadPool.singleton.runIfActive { name(of: user) ?? "uid:\(user)" }
    }

    private static func name(of user: uid_t) -> String? {
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: recordSize) { buffer in
            guard let base = buffer.baseAddress else { return nil }
            let failure = getpwuid_r(user, &record, base, buffer.count, &found)
            guard failure == 0, let found, let name = found.pointee.pw_name else { return nil }
            return String(cString: name)
        }
    }

    /// `struct ucred` of unix(7), which glibc shows only to those who define `_GNU_SOURCE`.
    private struct Credentials: Sendable {
        var process: Int32 = 0
        var user: UInt32 = 0
        var group: UInt32 = 0
    }

    /// Far more than a record of a user has; a longer one is shown by number.
    private static let recordSize = 16_384
}
