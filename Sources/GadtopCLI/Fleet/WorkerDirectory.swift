import AdminAPI
import FleetModel
import Logging
import NIOCore
import Redis

/// The workers that a Redis knows of.
enum WorkerDirectory {
    /// Asks once, over a connection of its own.
    /// - Throws: `CommandFailure` of status 4 when Redis cannot be asked.
    static func endpoints(at url: RedisURL) async throws -> [AdminEndpoint] {
        let client = RedisClient(url: url, name: "gadtop", logger: silent)
        do {
            try await client.start().get()
            let entries = try await WorkerRegistry(client: client).workers()
            try await client.shutdown().get()
            return entries.map { AdminEndpoint(worker: $0.worker, socketPath: $0.adminAddress) }
        } catch {
            // The answer is lost already; that the connection may not close in order changes nothing.
            try? await client.shutdown().get()
            throw CommandFailure(
                .unreachable,
                "the registry at \(url) cannot be asked: \(SafeText(String(describing: error))); "
                    + "is Redis running there? --run-dir DIR finds local workers without it")
        }
    }

    /// What goes wrong is thrown; a log would only write across the screen.
    private static let silent = Logger(label: "gadtop") { _ in SwiftLogNoOpLogHandler() }
}
