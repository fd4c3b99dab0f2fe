import AdminAPI
import ControlPlane
import FleetModel

/// What the operator has confirmed, as whoever performs it needs it.
package enum ActRequest: Sendable {
    /// Led by this console from its start to its end.
    case operation(any PlannedOperation, reason: String?)
    /// The plan is made anew from a last look, and refused where it would be then.
    case drill(DrillOptions, of: SafeText, reason: String?)
    case undrain([WorkerID], UndrainRequest)
    case throttle(ThrottlePlan)
    case clearThrottle(ThrottleClearOrder)
    case broadcast(BroadcastPlan)
    case breaker([WorkerID], BreakerOrder)
    case kick(WorkerID, KickOrder)
    case safety(SafetyState)
    /// Has an operation end, whoever leads it.
    case cancel(OperationReference)
    /// Leads on what another has begun and left.
    case takeOver(OperationReference)

    /// For "… sent", "… failed".
    var words: SafeText {
        switch self {
        case .operation(let plan, _): OperationWords.title(plan.operation)
        case .drill: DrillActWords.act
        case .undrain(let workers, _): ActWords.undrain(OperationWords.names(workers))
        case .throttle(let plan): ThrottleActWords.act(SafeText(plan.order.pattern))
        case .clearThrottle(let order): ThrottleActWords.clearing(SafeText(order.pattern))
        case .broadcast: BroadcastActWords.act
        case .breaker(let workers, let order):
            BreakerActWords.act(
                SafeText(order.name.rawValue), SafeText(order.mode.rawValue), OperationWords.names(workers))
        case .kick(_, let order): KickActWords.act(SafeText(order.connectionID))
        case .safety(let state): ActWords.lever(isEngaged: state.engaged)
        case .cancel(let operation): ActWords.cancel(SafeText(operation.id))
        case .takeOver(let operation): ActWords.takeOver(SafeText(operation.id))
        }
    }
}

extension ActRequest: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.operation(let one, let why), .operation(let other, let because)):
            one.operation == other.operation && why == because
        case (.undrain(let one, let why), .undrain(let other, let because)): one == other && why == because
        case (.drill(let one, let master, let why), .drill(let other, let primary, let because)):
            one == other && master == primary && why == because
        case (.throttle(let one), .throttle(let other)): one == other
        case (.clearThrottle(let one), .clearThrottle(let other)): one == other
        case (.broadcast(let one), .broadcast(let other)): one == other
        case (.breaker(let one, let order), .breaker(let other, let wanted)): one == other && order == wanted
        case (.kick(let one, let order), .kick(let other, let wanted)): one == other && order == wanted
        case (.safety(let one), .safety(let other)): one == other
        case (.cancel(let one), .cancel(let other)): one == other
        case (.takeOver(let one), .takeOver(let other)): one == other
        case (.operation, _), (.drill, _), (.undrain, _), (.throttle, _), (.clearThrottle, _), (.broadcast, _),
            (.breaker, _), (.kick, _), (.safety, _), (.cancel, _), (.takeOver, _):
            false
        }
    }
}

/// What came of an act of this console.
package enum ActNews: Sendable {
    /// How an operation that this console leads stands; again and again until it ends.
    case led(ActID, OperationRecord)
    /// How far a message has gone; again and again until it ends.
    case delivered(ActID, Delivery)
    /// Where the report of a drill was kept, or why it could not be.
    case kept(operation: String, Result<String, AdminError>)
    /// It was done, in words, or why not.
    case ended(ActID, Result<String, AdminError>)
    /// Something is missing from a whole success.
    case partlyDone(ActID, String)
}

/// Names one act of this console, so that what comes of it can be told from others.
package struct ActID: Sendable, Hashable {
    package let rawValue: Int

    package init(_ rawValue: Int) {
        self.rawValue = rawValue
    }
}
