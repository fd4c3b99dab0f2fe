import ControlPlane
import FleetModel

/// The question before a drain. It belongs to the worker it was opened for, whatever is selected later.
package struct DrainDialog: Sendable {
    package enum Field: Sendable, CaseIterable {
        case reason, rate, deadline, confirmation
    }

    package let worker: WorkerID
    package private(set) var plan: DrainPlan
    package private(set) var field = Field.reason
    private(set) var reason = TextField(maximumLength: DrainDialog.maximumReason)
    private(set) var rate = TextField(maximumLength: DrainDialog.maximumNumber)
    private(set) var deadline = TextField(maximumLength: DrainDialog.maximumNumber)
    private(set) var confirmation = TextField(maximumLength: DrainDialog.maximumConfirmation)
    /// What stands in the way of the last Enter.
    private(set) var complaint: SafeText?
    /// The worker is the last active one: a longer confirmation says that this is meant.
    private(set) var isLast = false

    private static let maximumReason = 200
    private static let maximumNumber = 9
    /// A worker's name may be as long as a file name.
    private static let maximumConfirmation = 300

    init(of worker: WorkerID, in fleet: Fleet) {
        self.worker = worker
        plan = DrainPlan(of: [worker], in: fleet, options: DrainOptions())
        replan(in: fleet)
    }

    /// What must be typed for the drain to start.
    package var expectedConfirmation: SafeText { isLast ? "last \(worker)" : plan.confirmation ?? SafeText(worker) }

    var isConfirmed: Bool { SafeText(confirmation.trimmed) == expectedConfirmation }

    /// Nothing can be sent: a field does not hold a number, or the plan is refused whatever is typed.
    var isRefused: Bool { fieldComplaint != nil || plan.isRefused }

    /// Makes the plan anew from what is typed and what the fleet is like.
    mutating func replan(in fleet: Fleet) {
        var options = DrainOptions(
            ratePerSecond: parsedRate, deadline: parsedDeadline, reason: reason.trimmed.isEmpty ? nil : reason.trimmed)
        plan = DrainPlan(of: [worker], in: fleet, options: options)
        isLast = plan.isRefused && plan.objections.allSatisfy { $0.severity != .refusal(option: nil) }
        guard isLast else { return }
        options.allowLast = true
        plan = DrainPlan(of: [worker], in: fleet, options: options)
    }

    mutating func move(by step: Int) {
        let fields = Field.allCases
        let index = fields.firstIndex(of: field) ?? 0
        field = fields[(index + step + fields.count) % fields.count]
        complaint = nil
    }

    /// Enter: on to the next field, or out of the last one with what is to be sent.
    mutating func enter() -> DrainPlan? {
        guard field == .confirmation else {
            move(by: 1)
            return nil
        }
        complaint = objection
        return complaint == nil ? plan : nil
    }
}

// MARK: - Fields

extension DrainDialog {
    subscript(field: Field) -> TextField {
        get {
            switch field {
            case .reason: reason
            case .rate: rate
            case .deadline: deadline
            case .confirmation: confirmation
            }
        }
        set {
            complaint = nil
            switch field {
            case .reason: reason = newValue
            case .rate: rate = newValue
            case .deadline: deadline = newValue
            case .confirmation: confirmation = newValue
            }
        }
    }

    /// What is wrong with the text of a field, if anything.
    var fieldComplaint: SafeText? {
        if !rate.trimmed.isEmpty && parsedRate == nil { return "Rate is closes a second, as 500; empty: evenly" }
        guard !deadline.trimmed.isEmpty && parsedDeadline == nil else { return nil }
        return "Deadline is seconds, or minutes with an m, as 90 or 5m; empty: the standard"
    }

    private var objection: SafeText? {
        if let fieldComplaint { return fieldComplaint }
        if plan.isRefused { return "Refused, see above; nothing was done" }
        return isConfirmed ? nil : "That is not \(expectedConfirmation); nothing was done"
    }

    private var parsedRate: Double? {
        let text = rate.trimmed
        guard let value = Double(text.hasSuffix("/s") ? String(text.dropLast(2)) : text), value.isFinite, value > 0
        else {
            return nil
        }
        return value
    }

    private var parsedDeadline: Duration? {
        let text = deadline.trimmed
        let isMinutes = text.hasSuffix("m")
        let digits = isMinutes || text.hasSuffix("s") ? String(text.dropLast()) : text
        guard let value = Int64(digits), (1...longest).contains(value) else { return nil }
        return .seconds(isMinutes ? value * 60 : value)
    }

    private var longest: Int64 { DrainLimits.longestDeadline.components.seconds }
}

/// The question before an undrain: one key, since it gives nothing away.
package struct UndrainDialog: Sendable {
    package let worker: WorkerID
}
