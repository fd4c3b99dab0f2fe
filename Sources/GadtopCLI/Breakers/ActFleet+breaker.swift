import AdminAPI
import AdminClient
import FleetModel

extension ActFleet {
    /// Holds a breaker of one worker, or lets it decide again.
    /// - Returns: how it stands then.
    func hold(_ order: BreakerOrder, on endpoint: AdminEndpoint) async throws -> BreakerReport {
        let report: BreakersReport = try await self.order(endpoint, .breakerOverride, order)
        guard let breaker = report.items.first(where: { $0.breaker.name == order.name })?.breaker else {
            throw CommandFailure(.failed, "the worker does not say how the breaker stands")
        }
        return breaker
    }
}

extension BreakerReport {
    /// Such as `stream: open, held by ana until …`.
    var line: String {
        let until = override.map { ", held by \(SafeText($0.by)) until \($0.until)" } ?? ""
        return "\(name.rawValue): \(state.rawValue)\(until)"
    }
}
