/// A host and a port.
package struct RedisAddress: Sendable, Hashable, CustomStringConvertible {
    package var host: String
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host`, `host:port` or `[IPv6]:port`.
    package init(_ text: String, standardPort: Int) throws(RedisURLError) {
        var rest = text[...]
        port = try RedisURL.takePort(from: &rest) ?? standardPort
        host = try RedisURL.host(rest)
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
