import FleetModel
import Glibc
import NIOPosix

/// Names and groups of users, remembered for a moment: the user database may be a directory server.
actor UserDirectory {
    private struct Known {
        var user: PeerUser
        var until: ContinuousClock.Instant
    }

    private struct Key: Hashable {
        var user: UInt32
        var group: UInt32
    }

    private var known: [Key: Known] = [:]

    /// So long somebody keeps a group that was taken from them.
    static let lifetime: Duration = .seconds(10)
    /// More people than operate a fleet; past this, everyone is looked up again.
    static let mostKnown = 256

    func user(_ credentials: PeerCredentials, at now: ContinuousClock.Instant = .now) async throws -> PeerUser {
        let key = Key(user: credentials.user, group: credentials.group)
        if let known = known[key], known.until > now { return known.user }
        let user = try await NIOThreadPool.singleton.runIfActive { UserDatabase.user(key.user, group: key.group) }
        if known.count >= Self.mostKnown { known = [:] }
        known[key] = Known(user: user, until: now + Self.lifetime)
        return user
    }
}

/// The system's database of users and groups; every call may block.
private enum UserDatabase {
    /// Far more than a record has; a longer one is shown by number.
    private static let recordSize = 65_536
    /// Linux knows no more (`NGROUPS_MAX`).
    private static let mostGroups: Int32 = 65_536

    static func user(_ number: UInt32, group: UInt32) -> PeerUser {
        let name = name(ofUser: number)
        var groups: Set<UInt32> = [group]
        if let name { groups.formUnion(self.groups(of: name, with: group)) }
        return PeerUser(
            number: number, name: name ?? "uid:\(number)",
            groups: Set(groups.map { Self.name(ofGroup: $0) ?? "gid:\($0)" }))
    }

    private static func groups(of name: String, with group: UInt32) -> [UInt32] {
        var count: Int32 = 64
        var groups = [gid_t](repeating: 0, count: Int(count))
        while getgrouplist(name, group, &groups, &count) < 0 {
            guard count > groups.count, count <= mostGroups else { return [] }
            groups = [gid_t](repeating: 0, count: Int(count))
        }
        return Array(groups.prefix(Int(count)))
    }

    private static func name(ofUser number: UInt32) -> String? {
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: recordSize) { buffer in
            guard let base = buffer.baseAddress, getpwuid_r(number, &record, base, buffer.count, &found) == 0,
                let name = found?.pointee.pw_name
            else { return nil }
            return SafeText(String(cString: name)).text
        }
    }

    private static func name(ofGroup number: UInt32) -> String? {
        var record = group()
        var found: UnsafeMutablePointer<group>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: recordSize) { buffer in
            guard let base = buffer.baseAddress, getgrgid_r(number, &record, base, buffer.count, &found) == 0,
                let name = found?.pointee.gr_name
            else { return nil }
            return SafeText(String(cString: name)).text
        }
    }
}
