import Glibc
import NIOCore

/// Holds a port for the workers of one supervisor.
///
/// Workers bind with SO_REUSEPORT, with which a listener joins whoever of the same user has the port already, without
/// a word. So the supervisor first binds without it, which fails if anyone listens, and then keeps the port with a
/// socket that is bound but never listens: it receives nothing, and outlives every worker.
final class PortReservation: Sendable {
    let port: Int
    private let descriptor: Int32

    /// - Parameter port: 0 takes a free one.
    /// - Throws: `PortFailure` when someone else has the port.
    init(host: String, port: Int) throws {
        let probe = try Self.bind(host: host, port: port, shared: false)
        let bound = Self.port(of: probe)
        close(probe)
        descriptor = try Self.bind(host: host, port: bound, shared: true)
        self.port = bound
    }

    deinit {
        close(descriptor)
    }

    /// Checks that a port can be bound, and lets go of it.
    static func check(host: String, port: Int) throws {
        close(try bind(host: host, port: port, shared: false))
    }
}

extension PortReservation {
    private static func bind(host: String, port: Int, shared: Bool) throws -> Int32 {
        let address = try SocketAddress(ipAddress: host, port: port)
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(Int32(address.protocol.rawValue), kind, 0)
        guard descriptor >= 0 else { throw PortFailure(host: host, port: port, cause: SystemError(code: errno)) }
        // Connections of an earlier fleet that linger in TIME_WAIT must not keep the port.
        enable(shared ? SO_REUSEPORT : SO_REUSEADDR, on: descriptor)
        let result = address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) }
        guard result == 0 else {
            let cause = SystemError(code: errno)
            close(descriptor)
            throw PortFailure(host: host, port: port, cause: cause)
        }
        return descriptor
    }

    private static func enable(_ option: Int32, on descriptor: Int32) {
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, option, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func port(of descriptor: Int32) -> Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { return 0 }
        // The port is at the same place for IPv4 and IPv6.
        return withUnsafeBytes(of: &storage) {
            Int(UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
        }
    }
}

/// Why a port cannot be had, in words for whoever started the gateway.
package struct PortFailure: Error, Sendable, Equatable, CustomStringConvertible {
    let host: String
    let port: Int
    let cause: SystemError

    package var description: String {
        switch cause.code {
        case EADDRINUSE:
            "port \(port) of \(host) is in use by another process; stop it (ss -ltnp 'sport = :\(port)' names it), "
                + "or choose another port"
        case EACCES: "port \(port) of \(host) needs privileges that this process does not have; choose one above 1023"
        case EADDRNOTAVAIL: "no interface of this machine has the address \(host); choose another --host"
        default: "port \(port) of \(host) cannot be bound: \(cause)"
        }
    }
}
