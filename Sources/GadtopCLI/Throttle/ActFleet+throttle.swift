import AdminAPI
import FleetModel

extension ActFleet {
    /// Sets a throttle, and sees whether every worker keeps to it.
    /// - Parameter silent: workers that did not answer before, and are not waited for.
    func throttle(_ order: ThrottleOrder, silent: [WorkerID]) async throws -> ThrottleOutcome {
        let _: ThrottleList = try await self.any(.throttles, order)
        return try await ThrottleOutcome(self, order.pattern, rate: order.ratePerSecond, silent: silent)
    }

    /// Ends a throttle, and sees whether every worker has forgotten it.
    func clear(_ order: ThrottleClearOrder) async throws -> ThrottleOutcome {
        let _: ThrottleList = try await self.any(.throttleClear, order)
        return try await ThrottleOutcome(self, order.pattern, rate: nil, silent: [])
    }
}
