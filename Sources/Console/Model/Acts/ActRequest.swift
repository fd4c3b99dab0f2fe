import AdminAPI
import ControlPlane
import FleetModel

/// What the operator has confirmed, as whoever performs it needs it.
package enum ActRequest: Sendable {
    /// Led by this console from its start to its end.
    case operation(any PlannedOperation, reason: String?)
    case undrain([WorkerID], UndrainRequest)
    case safety(SafetyState)
    /// Has an operation end, whoever leads it.
    case cancel(OperationReference)
    /// Leads on what another has begun and left.
    case takeOver(OperationReference)

    /// For "… sent", "… failed".
    var words: SafeText {
        switch self {
        case .operation(let plan, _): OperationWords.title(plan.operation)
        case .undrain(let workers, _): "undrain \(OperationWords.names(workers))"
        case .safety(let state): state.engaged ? "safety lever" : "safety release"
        case .cancel(let operation): "cancel \(SafeText(operation.id))"
        case .takeOver(let operation): "take over \(SafeText(operation.id))"
        }
    }
}

extension ActRequest: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.operation(let one, let why), .operation(let other, let because)):
            one.operation == other.operation && why == because
        case (.undrain(let one, let why), .undrain(let other, let because)): one == other && why == because
        case (.safety(let one), .safety(let other)): one == other
        case (.cancel(let one), .cancel(let other)): one == other
        case (.takeOver(let one), .takeOver(let other)): one == other
        case (.operation, _), (.undrain, _), (.safety, _), (.cancel, _), (.takeOver, _): false
        }
    }
}

/// What came of an act of this console.
package enum ActNews: Sendable {
    /// How an operation that this console leads stands; again and again until it ends.
    case led(ActID, OperationRecord)
    /// It was done, in words, or why not.
    case ended(ActID, Result<String, AdminError>)
}

/// Names one act of this console, so that what comes of it can be told from others.
package struct ActID: Sendable, Hashable {
    package let rawValue: Int

    package init(_ rawValue: Int) {
        self.rawValue = rawValue
    }
}
