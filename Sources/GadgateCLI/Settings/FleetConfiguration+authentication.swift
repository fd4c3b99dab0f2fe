import Gateway

extension FleetConfiguration {
    /// RFC 7518, section 3.2: a key for HS256 has at least as many bits as the hash.
    private static let shortestSecret = 32

    /// - Throws: when nobody said who is let in, or both answers were given.
    static func authentication(
        _ settings: Settings, host: String, _ machine: Machine
    ) throws -> WorkerConfiguration.Authentication {
        let anonymous = try settings.flag(.insecureAnonymous)
        switch (settings.given(.jwtSecretFile), anonymous) {
        case (nil, false):
            throw SettingError(
                "who may connect is not said: give --jwt-secret-file FILE with the secret of your HS256 tokens, "
                    + "or --insecure-anonymous to let in everyone on this machine, for development")
        case (let given?, true):
            throw SettingError(
                "both \(given.source.name(of: .jwtSecretFile)) and --insecure-anonymous are given; leave one out")
        case (let given?, false): return .secret(try secret(given, machine))
        case (nil, true):
            guard isLoopback(host) else {
                throw SettingError(
                    "--insecure-anonymous serves this machine only, and \(host) can be reached from others; "
                        + "use --host 127.0.0.1, or --jwt-secret-file FILE")
            }
            return .anonymous
        }
    }

    private static func isLoopback(_ host: String) -> Bool { host.hasPrefix("127.") || host == "::1" }

    private static func secret(_ given: GivenValue, _ machine: Machine) throws -> [UInt8] {
        let name = given.source.name(of: .jwtSecretFile)
        let content: [UInt8]
        do {
            content = try machine.read(given.text)
        } catch {
            throw SettingError("\(name): \(given.text) cannot be read: \(error)")
        }
        let line = content.reversed().drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard line.count >= shortestSecret else {
            throw SettingError(
                "\(name): the secret in \(given.text) has \(line.count) bytes, and HS256 needs \(shortestSecret) or more "
                    + "(RFC 7518, 3.2); \"openssl rand -hex 32\" makes one")
        }
        return Array(line.reversed())
    }
}
