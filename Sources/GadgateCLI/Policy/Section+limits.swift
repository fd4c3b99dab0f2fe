import Gateway

extension FileSection where Value == ClientLimits {
    static let limits = FileSection([
        Field("messages_per_second", \.standard.messagesPerSecond, .messages),
        Field("bytes_per_second", \.standard.bytesPerSecond, .bytesPerSecond),
        Field("joins_per_second", \.standard.joinsPerSecond, .messages),
        Field("burst", \.standard.burst, .burst),
        Field(
            "roles", \.roles, allowed: "a mapping from role to rates", read: readRoles,
            write: { "{" + $0.keys.sorted().joined(separator: ", ") + "}" }),
        Field("message_bytes", \.messageBytes, .size(.kibibytes(1)...(.mebibytes(16)))),
        Field("rooms_per_connection", \.roomsPerConnection, .integer(1...100_000)),
        Field(
            "origins", \.origins, allowed: "a list of origins like https://example.org",
            read: { value, _ in try Origins.read(value) }, write: { "[" + $0.joined(separator: ", ") + "]" }),
        Field("connects_per_second", \.connectsPerSecond, .integer(1...1_000_000)),
        Field("connect_burst", \.connectBurst, .integer(1...1_000_000)),
        Field("handshake_timeout", \.handshakeTimeout, .time(.milliseconds(100)...(.seconds(300)))),
        Field("expiry_grace", \.expiryGrace, .time(.zero...(.seconds(3_600)))),
    ])

    /// What a role leaves out is as for clients without one of these roles.
    @Sendable private static func readRoles(
        _ value: FileValue, _ limits: ClientLimits
    ) throws -> [String: ClientLimits.Rates] {
        let entries = try value.entries()
        guard entries.count <= RoleName.most else {
            throw value.place.refusal("\(entries.count) roles are too many: at most \(RoleName.most)")
        }
        return try entries.reduce(into: [:]) { roles, entry in
            var rates = limits.standard
            try FileSection<ClientLimits.Rates>.rates.read(entry.value, into: &rates)
            roles[try RoleName.check(entry.key, at: entry.value.place)] = rates
        }
    }
}

extension FileSection where Value == ClientLimits.Rates {
    fileprivate static let rates = FileSection([
        Field("messages_per_second", \.messagesPerSecond, .messages),
        Field("bytes_per_second", \.bytesPerSecond, .bytesPerSecond),
        Field("joins_per_second", \.joinsPerSecond, .messages),
        Field("burst", \.burst, .burst),
    ])
}

extension Kind where Value == Int {
    fileprivate static var messages: Kind { .integer(1...1_000_000) }
    fileprivate static var bytesPerSecond: Kind { .bytes(.kibibytes(1)...(.mebibytes(1_024))) }
    fileprivate static var burst: Kind { .wholeSeconds(1...60) }
}

/// Origins as browsers send them (RFC 6454, 6.2): scheme, host, and a port unless it is the scheme's own.
private enum Origins {
    private static let most = 256

    static func read(_ value: FileValue) throws -> [String] {
        let items = try value.items(request: "give a list of origins")
        guard items.count <= most else {
            throw value.place.refusal("\(items.count) origins are too many: at most \(most)")
        }
        return try items.map { item in
            let text = try item.text(request: "give an origin")
            guard isOrigin(text) else {
                throw item.place.refusal(
                    "\"\(text)\" is not allowed: give an origin like https://example.org or http://localhost:8000, "
                        + "in small letters and without a path")
            }
            return text
        }
    }

    private static func isOrigin(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        let rest = text.dropFirst(scheme.count)
        return !rest.isEmpty && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } && rest == rest.lowercased()
            && !rest.contains(where: "/?#@*".contains)
    }
}
