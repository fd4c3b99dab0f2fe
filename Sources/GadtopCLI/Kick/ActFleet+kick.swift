import AdminAPI
import AdminClient
import FleetModel

extension ActFleet {
    /// Closes one connection of a worker.
    func kick(_ order: KickOrder, on endpoint: AdminEndpoint) async throws -> KickReport {
        try await self.order(endpoint, .kick, order)
    }
}

extension KickReport {
    var line: String { "\(SafeText(connection.connectionID)) on \(SafeText(worker)): closed with \(closeCode)" }
}
