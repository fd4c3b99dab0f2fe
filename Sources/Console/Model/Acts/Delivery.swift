import AdminAPI
import ControlPlane
import FleetModel

/// How far an operator's message has gone.
package struct Delivery: Sendable, Equatable {
    /// What the worker that sent it said.
    package let receipt: BroadcastReceipt
    package let watch: BroadcastWatch

    package init(receipt: BroadcastReceipt, watch: BroadcastWatch) {
        self.receipt = receipt
        self.watch = watch
    }
}

/// A message on its way, shown until the operator has read what became of it.
package struct DeliveryBox: Sendable {
    let id: ActID
    let plan: BroadcastPlan
    /// nil until a worker has taken it.
    var delivery: Delivery?
    /// What it came to, in words.
    var ending: (words: SafeText, isWhole: Bool)?

    init(_ id: ActID, _ plan: BroadcastPlan) {
        self.id = id
        self.plan = plan
    }

    /// How it stands on each worker; before anything is known, who is expected to get it.
    var watch: BroadcastWatch {
        delivery?.watch ?? BroadcastWatch(plan.reach, awaitsAcks: plan.order.requireAck ?? false)
    }
}
