import Gateway

extension FleetConfiguration {
    /// RFC 7518, section 3.2: a key for HS256 has at least as many bits as the hash.
    private static let shortestSecret = 32

    /// - Throws: when nobody said who is let in, or both answers were given.
    static func authentication(
        _ settings: Settings, host: String, _ machine: Machine
    ) throws -> WorkerConfiguration.Authentication {
        let anonymous = try settings.value(.insecureAnonymous, .flag) ?? false
        switch (settings.given(.jwtSecretFile), anonymous) {
        case (nil, false):
            throw SettingError(
                "who may connect is not said: give --jwt-secret-file FILE with the secret of your HS256 tokens, "
                    + "or --insecure-anonymous to let in everyone on this machine, for development")
        case (_?, true):
            throw settings.refusal(
                of: .jwtSecretFile, "--insecure-anonymous is given as well, which needs no secret; leave one out")
        case (let given?, false): return .secret(try secret(given, settings, machine))
        case (nil, true):
            guard Host.isLoopback(host) else {
                throw SettingError(
                    "--insecure-anonymous serves this machine only, and \(host) can be reached from others; "
                        + "use --host 127.0.0.1, or --jwt-secret-file FILE")
            }
            return .anonymous
        }
    }

    private static func secret(_ given: GivenValue, _ settings: Settings, _ machine: Machine) throws -> [UInt8] {
        let content = try settings.content(of: .jwtSecretFile, machine)
        let line = content.reversed().drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard line.count >= shortestSecret else {
            throw settings.refusal(
                of: .jwtSecretFile,
                "the secret in \(given.text) has \(line.count) bytes, and HS256 needs \(shortestSecret) or more "
                    + "(RFC 7518, 3.2); \"openssl rand -hex 32\" makes one")
        }
        return Array(line.reversed())
    }
}
