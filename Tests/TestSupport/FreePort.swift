import Glibc
import Synchronization

/// TCP ports of 127.0.0.1 that nobody listens on, none given out twice by one test process.
package enum FreePort {
    private static let given = Mutex<Set<Int>>([])
    /// The kernel seldom names a port twice running; more tries than this mean that something else is wrong.
    private static let maximumTries = 100

    package static func next() throws -> Int {
        for _ in 0..<maximumTries {
            let port = try unusedPort()
            if given.withLock({ $0.insert(port).inserted }) { return port }
        }
        throw NeverHappened(description: "no free port was found in \(maximumTries) tries")
    }

    private static func unusedPort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SystemFailure("socket") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard status == 0 else { throw SystemFailure("bind to a port of 127.0.0.1") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
