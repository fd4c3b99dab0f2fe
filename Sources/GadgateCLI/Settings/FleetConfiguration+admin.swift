import Gateway

extension FleetConfiguration {
    /// The admin API on TCP, which there is with certificates on both sides or not at all.
    static func adminListener(
        _ settings: Settings, workers: Int, _ machine: Machine
    ) throws -> AdminListener? {
        guard let place = try settings.value(.adminListen, AdminPlace.kind) else {
            for setting in [Setting.adminCert, .adminKey, .clientCA] where settings.given(setting) != nil {
                throw settings.refusal(of: setting, "it is of use with --admin-listen HOST:PORT only")
            }
            return nil
        }
        guard place.port + workers <= 65_536 else {
            throw settings.refusal(of: .adminListen, "\(workers) workers need as many ports from this one on")
        }
        let files = TLSFiles(
            certificate: try file(.adminCert, or: .tlsCert, settings), key: try file(.adminKey, or: .tlsKey, settings))
        let authority = try file(.clientCA, or: .clientCA, settings)
        _ = try settings.content(of: .clientCA, machine)
        let advertised = AdminPlace.everywhere.contains(place.host) ? machine.hostName : place.host
        return AdminListener(
            host: place.host, port: place.port, advertisedHost: advertised, files: files, clientAuthority: authority)
    }

    private static func file(_ setting: Setting, or other: Setting, _ settings: Settings) throws -> String {
        guard let path = settings.text(setting) ?? settings.text(other) else {
            throw settings.refusal(
                of: .adminListen,
                "over TCP the admin API speaks mutual TLS only: give \(setting.flag ?? setting.rawValue) FILE too")
        }
        return path
    }
}

/// An address and a port, as `10.0.0.5:9443` or `[::1]:9443`.
struct AdminPlace: Sendable, Equatable {
    var host: String
    var port: Int

    /// Hosts that are every address of the machine, and so none that others could use.
    static let everywhere = ["0.0.0.0", "::"]

    static let kind = Kind<AdminPlace>(
        allowed: "an IP address of this machine and a port", example: "like 10.0.0.5:9443 or [::1]:9443", read: read,
        write: { "\($0.host):\($0.port)" })

    @Sendable private static func read(_ text: String) -> AdminPlace? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return Host.kind.read(String(host)).map { AdminPlace(host: $0, port: port) }
    }
}
