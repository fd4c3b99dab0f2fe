import FoundationEssentials

/// Certificates for the admin API over TCP, made by the script in Deploy.
package final class AdminCertificates: Sendable {
    private let directory: TemporaryDirectory

    package var workersAuthority: String { directory.path("workers-ca.pem") }
    package var peopleAuthority: String { directory.path("people-ca.pem") }

    package init(workers: [String], people: [String], days: Int = 30) async throws {
        directory = try TemporaryDirectory()
        try await make("worker", workers, days: days)
        try await make("person", people, days: days)
    }

    /// Makes further certificates, in the place of those of the same name.
    package func make(_ kind: String, _ names: [String], days: Int = 30) async throws {
        guard !names.isEmpty else { return }
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Deploy/test-ca.sh").path
        let run = try ChildProcess("sh", [script, directory.path, kind] + names, environment: ["DAYS": "\(days)"])
        guard try await run.wait(within: .seconds(30)) == .code(0) else {
            throw NeverHappened(description: "test-ca.sh failed: \(run.errors)")
        }
    }

    package func person(_ name: String) -> (certificate: String, key: String) {
        (directory.path("people/\(name).pem"), directory.path("people/\(name).key"))
    }

    package func worker(_ name: String) -> (certificate: String, key: String) {
        (directory.path("workers/\(name).pem"), directory.path("workers/\(name).key"))
    }

    /// What makes a gateway serve its admin API on TCP from `port` on.
    package func options(port: Int) -> [String] {
        [
            "--insecure-anonymous", "--admin-listen", "127.0.0.1:\(port)", "--admin-cert",
            directory.path("workers/{worker}.pem"), "--admin-key", directory.path("workers/{worker}.key"),
            "--client-ca", peopleAuthority,
        ]
    }

    /// A directory for `XDG_CONFIG_HOME` with one context, `test`.
    package func context(workers: [String: Int], person: String) throws -> TemporaryDirectory {
        let places = workers.map { "\($0): \"https://127.0.0.1:\($1)\"" }.joined(separator: ", ")
        return try context(fleet: "workers: {\(places)}", person: person)
    }

    /// The same with any fleet, such as `redis: URL`.
    package func context(fleet: String, person: String) throws -> TemporaryDirectory {
        let home = try TemporaryDirectory()
        let contexts = home.path("gadtop/contexts")
        try FileManager.default.createDirectory(atPath: contexts, withIntermediateDirectories: true)
        let (certificate, key) = self.person(person)
        let text = "\(fleet)\nca: \(workersAuthority)\ncert: \(certificate)\nkey: \(key)\n"
        try Data(text.utf8).write(to: URL(filePath: contexts + "/test.yaml"))
        return home
    }
}
