import AdminAPI
import ControlPlane
import FleetModel
import FoundationEssentials
import Glibc

/// The primary's process, where it is one of this machine.
enum LocalPrimary {
    /// Whether this process may stop the primary and have it go on: it is at an address of this machine, and its
    /// process id is that of a Redis at that port which this user may signal.
    static func reach(of primary: RedisPrimary?) -> PrimaryReach {
        guard let primary else { return .outOfReach("it does not answer") }
        guard let mark = primary.address.lastIndex(of: ":"),
            let port = Int(primary.address[primary.address.index(after: mark)...])
        else { return .outOfReach("its address is not known") }
        guard isHere(String(primary.address[..<mark])) else {
            return .outOfReach("\(SafeText(primary.address)) is not an address of this machine")
        }
        guard let id = primary.processID, id > 1 else { return .outOfReach("it does not say its process id") }
        guard isRedis(id, at: port) else {
            return .outOfReach("process \(id) of this machine is not the Redis at port \(port)")
        }
        guard kill(id, 0) == 0 else { return .outOfReach("process \(id) may not be signalled by this user") }
        return .process(id: id)
    }

    /// Redis shows where it listens in its title; in a container the same number is another process.
    private static func isRedis(_ id: Int32, at port: Int) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") else { return false }
        let words = String(decoding: bytes, as: UTF8.self)
        return (words.contains("redis-server") || words.contains("valkey-server")) && words.contains(":\(port)")
    }

    /// An address literal is compared with those of the interfaces; a name is not looked up, since it could be
    /// another's.
    private static func isHere(_ host: String) -> Bool {
        let wanted = host.trimmingPrefix("[").split(separator: "]").first.map(String.init) ?? host
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return false }
        defer { freeifaddrs(list) }
        return sequence(first: list, next: { $0?.pointee.ifa_next }).contains { $0.flatMap(literal) == wanted }
    }

    private static func literal(_ entry: UnsafeMutablePointer<ifaddrs>) -> String? {
        guard let address = entry.pointee.ifa_addr else { return nil }
        let length: Int
        switch Int32(address.pointee.sa_family) {
        case AF_INET: length = MemoryLayout<sockaddr_in>.size
        case AF_INET6: length = MemoryLayout<sockaddr_in6>.size
        default: return nil
        }
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = getnameinfo(
            address, socklen_t(length), &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
        guard code == 0 else { return nil }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.split(separator: "%").first.map(String.init)
    }
}
