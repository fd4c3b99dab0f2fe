import AdminAPI
import FleetModel
import Glibc
import Logging
import NIOCore
import Redis

/// The workers that a Redis knows of.
enum WorkerDirectory {
    /// Asks once, over a connection of its own.
    /// - Parameter credentials: for workers on other machines; without them those are known and do not answer.
    /// - Throws: `CommandFailure` of status 4 when Redis cannot be asked.
    static func endpoints(at url: RedisURL, _ credentials: AdminCredentials?) async throws -> [AdminEndpoint] {
        let client = RedisClient(url: url, name: "gadtop", logger: silent)
        do {
            try await client.start().get()
            let entries = try await WorkerRegistry(client: client).workers()
            try await client.shutdown().get()
            return entries.map { endpoint($0, credentials) }
        } catch {
            // The answer is lost already; that the connection may not close in order changes nothing.
            try? await client.shutdown().get()
            throw CommandFailure(
                .unreachable,
                "the registry at \(url) cannot be asked: \(SafeText(String(describing: error))); "
                    + "is Redis running there? --run-dir DIR finds local workers without it")
        }
    }

    /// The socket where it is on this machine; otherwise over TCP.
    private static func endpoint(_ entry: WorkerEntry, _ credentials: AdminCredentials?) -> AdminEndpoint {
        guard let url = entry.adminURL, let credentials, access(entry.adminAddress, F_OK) != 0 else {
            return AdminEndpoint(worker: entry.worker, socketPath: entry.adminAddress)
        }
        return AdminEndpoint(worker: entry.worker, address: .tls(url: url, credentials))
    }

    /// What goes wrong is thrown; a log would only write across the screen.
    private static let silent = Logger(label: "gadtop") { _ in SwiftLogNoOpLogHandler() }
}
