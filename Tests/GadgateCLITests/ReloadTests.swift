import FleetModel
import Gateway
import Synchronization
import Testing

@testable import GadgateCLI

@Suite("Reading the configuration again")
struct ReloadTests {
    /// A machine whose one file, the configuration, a test rewrites.
    final class Disk: Sendable {
        let text = Mutex("")
        let secret = Mutex("a secret of at least thirty-two bytes")

        var machine: Machine {
            Machine(
                hostName: "gw", environment: [:], userID: 1,
                read: { [self] in
                    Array(($0 == "/secret" ? secret.withLock { $0 } : text.withLock { $0 }).utf8)
                })
        }
    }

    let disk = Disk()

    func source(_ flags: [String] = []) throws -> ConfigurationSource {
        ConfigurationSource(
            try ServeOptions.parse(["--config", "g.yaml", "--jwt-secret-file", "/secret"] + flags),
            machine: disk.machine)
    }

    @Test("says by key what can be applied and what needs a restart")
    func changes() throws {
        disk.text.withLock { $0 = "port: 7000" }
        let source = try source(["--workers", "2"])
        let running = try source.read()
        disk.text.withLock {
            $0 = """
                port: 7001
                workers: 9
                redis: redis://elsewhere
                rooms: [{prefix: "ops:", class: critical}]
                classes: {important: {queue_bytes: 2MiB}}
                """
        }
        let reload = try source.reload(running: running, inForce: running.fleet.common.policy)
        #expect(reload.applied == ["classes.important.queue_bytes", "rooms"])
        // The flag for the workers is stronger than the file.
        #expect(reload.needRestart == ["port", "redis"])
        #expect(reload.policy.classes.important.queueBytes == .mebibytes(2))
    }

    @Test("says again what still needs a restart, but not what is in force by now")
    func twice() throws {
        let source = try source()
        let running = try source.read()
        disk.text.withLock { $0 = "port: 7001\nqueues: {intake_bytes: 1MiB}" }
        let first = try source.reload(running: running, inForce: running.fleet.common.policy)
        let second = try source.reload(running: running, inForce: first.policy)
        #expect(second.applied.isEmpty)
        #expect(second.needRestart == ["port"])
    }

    @Test("tells another secret from a gateway that lets in everyone")
    func secret() throws {
        let source = try source()
        let running = try source.read()
        disk.secret.withLock { $0 = "another secret of thirty-two bytes or more" }
        let reload = try source.reload(running: running, inForce: running.fleet.common.policy)
        #expect(reload.needRestart == ["jwt_secret_file"])
    }

    @Test("refuses a wrong file with file, line and key")
    func wrong() throws {
        let source = try source()
        let running = try source.read()
        disk.text.withLock { $0 = "queues:\n  intake_bytes: lots" }
        let error = #expect(throws: SettingError.self) {
            try source.reload(running: running, inForce: running.fleet.common.policy)
        }
        #expect(error?.description.hasPrefix("g.yaml:2: queues.intake_bytes: ") == true)
    }
}
