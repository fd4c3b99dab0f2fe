/// Where a Redis is and who we are to it: `redis://[[user]:password@]host[:port][/database]`, or `rediss://` for TLS.
///
/// Its description leaves the password out. Source: the provisional IANA schemes `redis` and `rediss`, without queries.
package struct RedisURL: Sendable, Equatable {
    package var user: String?
    package var password: String?
    package var host: String
    package var port: Int
    package var database: Int
    package var usesTLS: Bool

    package static let standardPort = 6379

    package init(
        host: String, port: Int = standardPort, user: String? = nil, password: String? = nil, database: Int = 0,
        usesTLS: Bool = false
    ) {
        self.user = user
        self.password = password
        self.host = host
        self.port = port
        self.database = database
        self.usesTLS = usesTLS
    }

    package init(_ text: String) throws(RedisURLError) {
        var rest: Substring
        (usesTLS, rest) = try Self.takeScheme(from: text)
        (user, password) = try Self.takeCredentials(from: &rest)
        database = try Self.takeDatabase(from: &rest)
        port = try Self.takePort(from: &rest) ?? Self.standardPort
        host = try Self.host(rest)
    }
}

extension RedisURL: CustomStringConvertible {
    package var description: String {
        "\(usesTLS ? "rediss" : "redis")://\(address)/\(database)"
    }

    var address: RedisAddress { RedisAddress(host: host, port: port) }
}

/// Why a text is no `RedisURL`, in words for whoever typed it; the text itself, which may hold a password, is left out.
package struct RedisURLError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ problem: String) {
        description = "\(problem); write redis://[user:password@]host:port[/database], or rediss:// for TLS"
    }

    /// Of something that belongs to a URL and is none.
    init(plain description: String) {
        self.description = description
    }
}

extension RedisURL {
    private static func takeScheme(
        from text: String
    ) throws(RedisURLError) -> (usesTLS: Bool, rest: Substring) {
        let scheme = ["redis://", "rediss://"].first { text.hasPrefix($0) }
        guard let scheme else { throw RedisURLError("a Redis URL starts with redis:// or rediss://") }
        let rest = text.dropFirst(scheme.count)
        guard !rest.contains("?"), !rest.contains("#") else {
            throw RedisURLError("a Redis URL takes no query or fragment")
        }
        return (scheme == "rediss://", rest)
    }

    private static func takeCredentials(
        from rest: inout Substring
    ) throws(RedisURLError) -> (user: String?, password: String?) {
        guard let at = rest.lastIndex(of: "@") else { return (nil, nil) }
        let credentials = rest[..<at]
        rest = rest[rest.index(after: at)...]
        guard let colon = credentials.firstIndex(of: ":") else {
            throw RedisURLError("there is a user but no password")
        }
        let user = try decoded(credentials[..<colon])
        let password = try decoded(credentials[credentials.index(after: colon)...])
        guard !password.isEmpty else { throw RedisURLError("the password is empty") }
        return (user.isEmpty ? nil : user, password)
    }

    private static func takeDatabase(from rest: inout Substring) throws(RedisURLError) -> Int {
        guard let slash = rest.firstIndex(of: "/") else { return 0 }
        let digits = rest[rest.index(after: slash)...]
        rest = rest[..<slash]
        if digits.isEmpty { return 0 }
        guard let database = Int(digits), database >= 0 else {
            throw RedisURLError("the database is not a number from 0")
        }
        return database
    }

    /// - Returns: nil where there is none.
    static func takePort(from rest: inout Substring) throws(RedisURLError) -> Int? {
        guard let colon = rest.lastIndex(of: ":"), rest.last != "]" else { return nil }
        guard let port = Int(rest[rest.index(after: colon)...]), (1...65_535).contains(port) else {
            throw RedisURLError("the port is not a number from 1 to 65535")
        }
        rest = rest[..<colon]
        return port
    }

    static func host(_ text: Substring) throws(RedisURLError) -> String {
        let bracketed = text.hasPrefix("[") && text.hasSuffix("]")
        let host = bracketed ? text.dropFirst().dropLast() : text
        guard !host.isEmpty else { throw RedisURLError("the host is missing") }
        guard bracketed || !host.contains(":") else { throw RedisURLError("an IPv6 address goes in brackets") }
        return String(host)
    }

    /// Resolves `%XX` (RFC 3986, 2.1).
    private static func decoded(_ text: Substring) throws(RedisURLError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else {
                throw RedisURLError("a % in the user or password is not followed by two hexadecimal digits")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
