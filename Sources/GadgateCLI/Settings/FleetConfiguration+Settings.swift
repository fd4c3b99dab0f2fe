import FleetModel
import Gateway
import NIOCore
import Redis

extension FleetConfiguration {
    /// Checks every value and fills in what was left out.
    init(_ settings: Settings, machine: Machine) throws {
        let node = try Self.node(settings, machine)
        let host = try Self.host(settings)
        let authentication = try Self.authentication(settings, host: host, machine)
        let workers = try settings.integer(.workers, in: 1...Self.mostWorkers) ?? Standard.workers
        let common = WorkerConfiguration(
            worker: WorkerID(node: node, index: 0), node: node, host: host,
            sharedPort: try settings.integer(.port, in: 0...65_535) ?? Standard.port, workerPort: 0,
            runDirectory: settings.text(.runDir) ?? machine.standardRunDirectory, authentication: authentication,
            redis: RedisSettings(url: try Self.redis(settings)), tls: nil,
            conformanceEcho: try settings.flag(.conformanceEcho),
            policy: try Self.policy(settings),
            loops: try settings.integer(.loops, in: 1...64) ?? Standard.loops,
            shutdownDeadline: try settings.duration(.shutdownDeadline, in: .zero...(.seconds(3600)))
                ?? Standard.shutdownDeadline)
        self.init(workers: workers, workerPortBase: try Self.portBase(settings, workers), common: common)
    }

    private static func policy(_ settings: Settings) throws -> GatewayPolicy {
        var policy = GatewayPolicy()
        if let roles = settings.list(.publishRoles) { policy.access.publish = .roles(Set(roles)) }
        let interval = try settings.duration(.heartbeatInterval, in: .seconds(1)...(.seconds(3600)))
        let timeout = try settings.duration(.heartbeatTimeout, in: .milliseconds(100)...(.seconds(600)))
        let bound = try settings.byteCount(.queueBound, in: .kibibytes(4)...(.mebibytes(1024)))
        for criticality in Criticality.allCases {
            if let interval { policy.classes[criticality].heartbeatInterval = interval }
            if let timeout { policy.classes[criticality].heartbeatTimeout = timeout }
            if let bound { policy.classes[criticality].queueBytes = bound }
        }
        return policy
    }

    private static func portBase(_ settings: Settings, _ workers: Int) throws -> Int? {
        try settings.integer(.workerPortBase, in: 1...65_536 - workers)
    }

    private static func redis(_ settings: Settings) throws -> String {
        guard let given = settings.given(.redis) else { return Standard.redis }
        do {
            _ = try RedisURL(given.text)
            return given.text
        } catch {
            // The text may hold a password: it is not repeated.
            throw SettingError("\(given.source.name(of: .redis)): \(error)")
        }
    }

    private static func node(_ settings: Settings, _ machine: Machine) throws -> String {
        let allowed = "give 1 to 64 of A-Za-z0-9_.- for it names files and workers"
        return try settings.value(.node, allowed: allowed) { NodeName.isValid($0) ? $0 : nil }
            ?? NodeName.made(from: machine.hostName)
    }

    private static func host(_ settings: Settings) throws -> String {
        let allowed = "give an IP address of this machine, like 127.0.0.1, 0.0.0.0 or ::1"
        return try settings.value(.host, allowed: allowed) { text in
            if text == "localhost" { return Standard.host }
            // It fails for nothing but what the refusal says.
            return (try? SocketAddress(ipAddress: text, port: 0)) == nil ? nil : text
        } ?? Standard.host
    }
}

/// What holds where nothing is given; the help of `gadgate serve` says the same.
enum Standard {
    static let workers = 1
    static let port = 8080
    static let host = "127.0.0.1"
    static let redis = "redis://127.0.0.1:6379"
    static let loops = 1
    static let shutdownDeadline: Duration = .seconds(30)
}

/// The name of a node: part of worker ids and of file names.
enum NodeName {
    private static let longest = 64

    static func isValid(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longest && text.unicodeScalars.allSatisfy(isAllowed) && text.first != "."
    }

    /// A valid name as close as can be to what the machine is called.
    static func made(from hostName: String) -> String {
        var name = String.UnicodeScalarView()
        name.append(contentsOf: hostName.unicodeScalars.prefix(longest).lazy.map { isAllowed($0) ? $0 : "-" })
        let text = String(name)
        return isValid(text) ? text : "node"
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_.-".unicodeScalars.contains(scalar))
    }
}
