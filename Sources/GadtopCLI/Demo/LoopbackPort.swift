import FleetModel
import Glibc

/// Ports of 127.0.0.1.
enum LoopbackPort {
    /// Some that nobody listens on at the moment, each another: all are held until the last is found.
    static func free(_ count: Int) throws -> [Int] {
        var held: [Int32] = []
        defer { for descriptor in held { close(descriptor) } }
        return try (0..<count).map { _ in
            let descriptor = try open()
            held.append(descriptor)
            return try bound(descriptor)
        }
    }

    /// Sends one line and reads the start of what comes back, as a Redis's `INFO` is read.
    /// - Returns: nil when nobody answers in time.
    static func ask(_ port: Int, _ line: String) -> String? {
        guard let descriptor = connected(to: port) else { return nil }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: answerWithin, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        Print.write(line, to: descriptor, terminator: "\r\n")
        var bytes = [UInt8](repeating: 0, count: longestAnswer)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    /// One section of `INFO` is some hundred bytes, and on loopback they come at once.
    private static let longestAnswer = 16_384
    /// In seconds: the one who asks has nothing else to do.
    private static let answerWithin = 1
}

// MARK: - Sockets

extension LoopbackPort {
    private static func open() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw noPort() }
        return descriptor
    }

    private static func bound(_ descriptor: Int32) throws -> Int {
        var (address, length) = (loopback(0), socklen_t(MemoryLayout<sockaddr_in>.size))
        let bound = withSockaddr(&address) { bind(descriptor, $0, length) }
        guard bound == 0, withSockaddr(&address, { getsockname(descriptor, $0, &length) }) == 0 else { throw noPort() }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func noPort() -> CommandFailure {
        CommandFailure(.failed, "no free port on 127.0.0.1: \(String(cString: strerror(errno)))")
    }

    private static func connected(to port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = loopback(port)
        let result = withSockaddr(&address) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    private static func withSockaddr(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Int32
    ) -> Int32 {
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
