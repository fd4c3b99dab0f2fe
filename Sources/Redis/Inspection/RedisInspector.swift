import Logging
import NIOCore
import NIOPosix

/// Looks into the primary over a connection that lives as long as the look: large questions neither wait behind nor
/// hold up what a worker lives from.
package struct RedisInspector: Sendable {
    private let topology: RedisTopology
    private let name: String

    /// Somebody waits for the answer before a screen.
    private static let timeouts = RedisTimeouts(connect: .seconds(1), reply: .seconds(1))

    /// - Parameter name: of its connections, shown by CLIENT LIST; without spaces.
    package init(topology: RedisTopology, name: String) {
        self.topology = topology
        self.name = name
    }

    /// `host:port` of the primary as last known; empty before it is.
    package var primary: String { topology.primary }

    /// - Throws: why there is no connection, or what `body` throws.
    func look<Value: Sendable>(_ body: (RedisClient) async throws -> Value) async throws -> Value {
        // Who asked is told of failures; a log of them would grow with every look at a Redis that is away.
        let quiet = Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        let client = RedisClient(topology: topology, name: name, logger: quiet, timeouts: Self.timeouts)
        do {
            try await client.start().within(Self.timeouts.connect).get()
            let value = try await body(client)
            await Self.close(client)
            return value
        } catch {
            await Self.close(client)
            throw error
        }
    }

    private static func close(_ client: RedisClient) async {
        // A connection that fails to close is gone all the same.
        try? await client.shutdown().get()
    }
}
