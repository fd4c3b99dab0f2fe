/// Where a WebSocket server is: `ws://host[:port][/path]`, or `wss://` for TLS.
package struct TargetURL: Sendable, Equatable, Codable, CustomStringConvertible {
    package let host: String
    package let port: Int
    /// With its query, starting with a slash.
    package let path: String
    package var isSecure: Bool

    /// - Returns: nil for anything else.
    package init?(_ text: String) {
        guard let scheme = ["ws://", "wss://"].first(where: text.hasPrefix), !text.contains("#"),
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return nil }
        isSecure = scheme == "wss://"
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.split(authority, standardPort: isSecure ? 443 : 80) else { return nil }
        self.host = String(host)
        self.port = port
        let tail = rest[authority.endIndex...]
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail
    }

    package var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    package var description: String { (isSecure ? "wss://" : "ws://") + authority + path }

    private static func split(_ authority: Substring, standardPort: Int) -> (Substring, Int)? {
        let bracket = authority.lastIndex(of: "]")
        let colon = authority[(bracket ?? authority.startIndex)...].lastIndex(of: ":")
        let host = authority[..<(colon ?? authority.endIndex)]
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host
        guard let port = colon.map({ Int(authority[authority.index(after: $0)...]) }) ?? standardPort,
            (1...65_535).contains(port),
            !bare.isEmpty, bracket != nil || !bare.contains(":")
        else { return nil }
        return (bare, port)
    }
}
