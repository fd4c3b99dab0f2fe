import AdminAPI
import FleetModel
import Testing

@testable import ControlPlane

@Suite("The churn budget")
struct ChurnBudgetTests {
    @Test("is 5% of a large fleet a minute, however many workers are drained at a time")
    func large() {
        #expect(ChurnBudget.rate(connections: 12_000) == 10)
        #expect(DrainOptions.rate(fleetConnections: 12_000, parallel: 1) == 10)
        #expect(DrainOptions.rate(fleetConnections: 12_000, parallel: 4) == 2.5)
        #expect(RebalancePlan.standardRate(for: 12_000) == 10)
    }

    @Test("does not have a dozen clients wait: a small fleet moves five a second", arguments: [0, 40, 5_999])
    func small(connections: Int) {
        #expect(ChurnBudget.rate(connections: connections) == 5)
        #expect(RebalancePlan.standardRate(for: connections) == 5)
    }
}
