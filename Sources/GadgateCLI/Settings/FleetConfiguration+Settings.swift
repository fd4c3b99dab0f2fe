import FleetModel
import Gateway

extension FleetConfiguration {
    /// Checks every value and fills in what was left out.
    init(_ settings: Settings, policy: GatewayPolicy, machine: Machine) throws {
        let node = try settings.value(.node, NodeName.kind) ?? NodeName.made(from: machine.hostName)
        let host = try settings.value(.host, Host.kind) ?? Standard.host
        let workers = try settings.value(.workers, .integer(1...Self.mostWorkers)) ?? Standard.workers
        let runDirectory = settings.text(.runDir) ?? machine.standardRunDirectory
        let common = WorkerConfiguration(
            worker: WorkerID(node: node, index: 0), node: node, host: host,
            sharedPort: try settings.value(.port, .integer(0...65_535)) ?? Standard.port, workerPort: 0,
            runDirectory: runDirectory, auditDirectory: settings.text(.auditDir) ?? runDirectory + "/audit",
            authentication: try Self.authentication(settings, host: host, machine),
            redis: try Self.redis(settings, machine), tls: try Self.tls(settings, machine),
            adminListener: try Self.adminListener(settings, workers: workers, machine),
            conformanceEcho: try settings.value(.conformanceEcho, .flag) ?? false, policy: policy,
            loops: try settings.value(.loops, .integer(1...64)) ?? Standard.loops,
            shutdownDeadline: try settings.value(.shutdownDeadline, .time(.zero...(.seconds(3_600))))
                ?? Standard.shutdownDeadline)
        self.init(
            workers: workers,
            workerPortBase: try settings.value(.workerPortBase, .integer(1...65_536 - workers)),
            watchdog: try settings.value(.watchdog, .time(.zero...(.seconds(3_600)))) ?? Standard.watchdog,
            common: common)
    }

    private static func tls(_ settings: Settings, _ machine: Machine) throws -> TLSFiles? {
        let (certificate, key) = (settings.text(.tlsCert), settings.text(.tlsKey))
        switch (certificate, key) {
        case (nil, nil): return nil
        case (_?, nil): throw settings.refusal(of: .tlsCert, "its key is missing: give --tls-key FILE too")
        case (nil, _?): throw settings.refusal(of: .tlsKey, "its certificate is missing: give --tls-cert FILE too")
        case (let certificate?, let key?):
            _ = try settings.content(of: .tlsCert, machine)
            _ = try settings.content(of: .tlsKey, machine)
            return TLSFiles(certificate: certificate, key: key)
        }
    }
}

extension Settings {
    /// What is in the file that a setting names; empty where nothing is given.
    /// - Throws: `SettingError` when it cannot be read.
    func content(of setting: Setting, _ machine: Machine) throws -> [UInt8] {
        guard let given = given(setting) else { return [] }
        do {
            return try machine.read(given.text)
        } catch {
            throw refusal(of: setting, "\(given.text) cannot be read: \(error)")
        }
    }
}

/// What holds where nothing is given; the help of `gadgate serve` and the reference say the same.
enum Standard {
    static let workers = 1
    static let port = 8080
    static let host = "127.0.0.1"
    static let redis = "redis://127.0.0.1:6379"
    static let loops = 1
    static let shutdownDeadline: Duration = .seconds(30)
    static let watchdog: Duration = .seconds(30)
}
