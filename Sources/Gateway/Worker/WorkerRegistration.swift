import FleetModel
import Logging

/// Makes a worker known to readers that find their fleet through Redis.
package protocol WorkerRegistration: Sendable {
    /// Says that the worker lives; what is said lapses by itself some seconds later.
    func refresh(_ entry: RegistrationEntry) async throws
    /// Takes the worker out of the registry.
    func remove(_ worker: WorkerID) async throws
}

/// What the registry is told of a worker.
package struct RegistrationEntry: Sendable, Equatable {
    package var worker: WorkerID
    package var node: String
    package var state: WorkerState
    package var version: String
    /// The path of the admin socket.
    package var adminAddress: String
    /// Where it is over TCP, for readers on other machines.
    package var adminURL: String?
    package var connections: Int
}

/// Keeps a worker in the registry while it runs.
struct RegistrationLoop: Sendable {
    let registration: any WorkerRegistration
    let entry: @Sendable () async -> RegistrationEntry
    let logger: Logger

    /// What plans are checked against before they are carried out must not be older.
    private static let interval: Duration = .seconds(1)
    /// A worker that Redis does not know yet is looked for.
    private static let retryInterval: Duration = .seconds(1)

    /// Runs until cancelled, and takes the worker out then.
    func run() async {
        while !Task.isCancelled {
            let pause = await beat() ? Self.interval : Self.retryInterval
            // Cancellation ends the loop.
            try? await Task.sleep(for: pause)
        }
        // Without Redis the entry lapses by itself.
        try? await registration.remove(entry().worker)
    }

    /// - Returns: whether the registry took it.
    private func beat() async -> Bool {
        do {
            try await registration.refresh(entry())
            return true
        } catch {
            // Redis being away is reported by the data plane.
            logger.debug("the registry was not reached", metadata: ["error": "\(error)"])
            return false
        }
    }
}
