import NIOCore

/// The address that the gateway listens on.
enum Host {
    static let kind = Kind<String>(
        allowed: "an IP address of this machine, like 127.0.0.1, 0.0.0.0 or ::1", read: read, write: { $0 })

    /// Whether only this machine reaches it.
    static func isLoopback(_ host: String) -> Bool { host.hasPrefix("127.") || host == "::1" }

    @Sendable private static func read(_ text: String) -> String? {
        if text == "localhost" { return Standard.host }
        // It fails for nothing but what the refusal says.
        return (try? SocketAddress(ipAddress: text, port: 0)) == nil ? nil : text
    }
}
