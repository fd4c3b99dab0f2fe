import FleetModel

/// One thing to be said against a plan.
package struct PlanObjection: Sendable, Equatable {
    package enum Severity: Sendable, Equatable {
        /// Said to the operator; the operation may go on.
        case warning
        /// The operation must not start, unless the option of this name says so, such as `allow-last`; nil where
        /// nothing overrides it.
        case refusal(option: SafeText?)
    }

    package let severity: Severity
    /// What it is said of; nil for the whole plan.
    package let worker: WorkerID?
    package let words: SafeText

    package init(_ severity: Severity, worker: WorkerID? = nil, _ words: SafeText) {
        self.severity = severity
        self.worker = worker
        self.words = words
    }

    package var isRefusal: Bool {
        switch severity {
        case .warning: false
        case .refusal: true
        }
    }
}
