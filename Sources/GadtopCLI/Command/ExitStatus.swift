/// What a script learns from how gadtop ends.
package enum ExitStatus: Int32, Sendable {
    case done = 0
    /// Refused, or failed.
    case failed = 1
    case wrongUsage = 2
    /// Some of the workers did it, others did not.
    case partlyDone = 3
    /// No worker of the fleet could be reached.
    case unreachable = 4
    case denied = 5
}

/// Why a command ends without having done its work: what happened, to what, and what to do next.
package struct CommandFailure: Error, Sendable, Equatable {
    package let status: ExitStatus
    package let message: String

    package init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
