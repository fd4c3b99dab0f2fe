import AdminAPI
import FleetModel
import FoundationEssentials
import Glibc

/// A gateway of a test's own, as `gadgate serve` starts it: supervisor and workers on free ports of 127.0.0.1.
package final class Gadgate: Sendable {
    package let port: Int
    package let workers: Int
    package let node: String
    package let supervisor: ChildProcess
    private let directory: TemporaryDirectory

    package var runDirectory: String { directory.path("run") }

    /// The path of its configuration file.
    package var configurationFile: String { directory.path("gadgate.yaml") }

    /// Starts it and waits until every worker answers on its admin socket.
    /// - Parameters:
    ///   - configuration: what is in its configuration file.
    ///   - environment: added to that of the test.
    package init(
        workers: Int = 2, node: String = "gw", redis: String, options: [String] = ["--insecure-anonymous"],
        configuration: String = "",
        environment: [String: String] = [:]
    ) async throws {
        (self.workers, self.node) = (workers, node)
        port = try FreePort.next()
        directory = try TemporaryDirectory()
        try Data(configuration.utf8).write(to: URL(filePath: directory.path("gadgate.yaml")))
        supervisor = try ChildProcess(
            try BuiltProduct.path("gadgate"),
            [
                "serve", "--workers", "\(workers)", "--port", "\(port)", "--run-dir", directory.path("run"), "--node",
                node, "--redis", redis, "--config", directory.path("gadgate.yaml"),
            ] + options, environment: environment)
        for index in 0..<workers { try await awaitWorker(index) }
    }

    /// Rewrites the configuration file and sends SIGHUP.
    package func reload(_ configuration: String) throws {
        try Data(configuration.utf8).write(to: URL(filePath: configurationFile))
        supervisor.signal(SIGHUP)
    }

    package func workerID(_ index: Int) -> WorkerID { WorkerID(node: node, index: index) }
    package func socketPath(_ index: Int) -> String { "\(runDirectory)/\(workerID(index)).sock" }

    /// Waits until a worker answers and is active.
    package func awaitWorker(_ index: Int, within limit: Duration = .seconds(30)) async throws {
        try await eventually("worker \(index) is active", within: limit) {
            guard !supervisor.hasExited else {
                throw NeverHappened(description: "gadgate ended: \(supervisor.errors.suffix(1_000))")
            }
            return (try? await identity(index).state) == .active
        }
    }

    package func identity(_ index: Int) async throws -> WorkerIdentity {
        try await get(.identity, from: index)
    }

    package func stats(_ index: Int) async throws -> WorkerSample {
        try await get(.stats, from: index)
    }

    package func undrain(_ index: Int) async throws -> DrainReport {
        try AdminJSON.decode(
            DrainReport.self, from: try await curl(index, AdminRoute.undrain.rawValue, ["-X", "POST"]))
    }

    private func get<Value: Decodable>(_ route: AdminRoute, from index: Int) async throws -> Value {
        try AdminJSON.decode(Value.self, from: try await curl(index, route.rawValue))
    }

    /// Asks a worker's admin socket as the README tells an operator to.
    package func curl(_ index: Int, _ path: String, _ options: [String] = []) async throws -> [UInt8] {
        let curl = try ChildProcess(
            "curl", ["-s", "-m", "5", "--unix-socket", socketPath(index)] + options + ["http://worker\(path)"])
        let exit = try await curl.wait()
        guard exit == .code(0) else { throw NeverHappened(description: "curl \(path) answered with \(exit)") }
        return Array(curl.output.utf8)
    }
}

/// The programs that were built together with the tests.
package enum BuiltProduct {
    package static func path(_ name: String) throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = tests.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + name
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw NeverHappened(description: "\(path) is not built; run 'swift build' first")
        }
        return path
    }
}
