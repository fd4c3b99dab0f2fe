import Gateway

/// Where the configuration comes from, to be read at the start and again at each reload.
struct ConfigurationSource: Sendable {
    let flags: [Setting: String]
    /// The path given with --config.
    let file: String?
    let machine: Machine

    init(_ options: ServeOptions, machine: Machine) {
        flags = options.texts
        file = options.config
        self.machine = machine
    }

    /// The file that is read, if one was named.
    var path: String? { file ?? machine.environment[Setting.fileVariable] }

    /// - Throws: `SettingError`.
    func read() throws -> GatewayConfiguration {
        let file = try readFile()
        let settings = try Settings(flags: flags, environment: machine.environment, file: file.settings)
        return try GatewayConfiguration(settings, policy: file.policy, machine: machine)
    }

    private func readFile() throws -> ConfigurationFile {
        guard let path else { return ConfigurationFile() }
        let content: [UInt8]
        do {
            content = try machine.read(path)
        } catch {
            let source = file == nil ? "environment variable \(Setting.fileVariable)" : "--config"
            throw SettingError("\(source): \(path) cannot be read: \(error)")
        }
        return try ConfigurationFile(String(decoding: content, as: UTF8.self), path: path)
    }
}

extension ConfigurationSource {
    /// What a reload brings to a fleet that was started with `running`.
    /// - Parameter inForce: the policy that holds at the moment.
    func reload(running: GatewayConfiguration, inForce: GatewayPolicy) throws -> ConfigurationReload {
        var current = running
        current.fleet.common.policy = inForce
        let read = try read()
        let changes = current.changes(to: read)
        return ConfigurationReload(
            policy: read.fleet.common.policy, applied: changes.reloadable, needRestart: changes.others)
    }
}
