import FleetModel

/// Why a drain does not start or end, in words for whoever asked.
package enum DrainRefusal: Error, Sendable, Equatable {
    case invalidRate
    case invalidDeadline
    /// The rate does not empty the worker by the deadline.
    case unreachable(connections: Int, ratePerSecond: Double, deadline: Duration)
    /// The rate alone would take longer than the longest deadline.
    case tooSlow(connections: Int, ratePerSecond: Double)
    case alreadyDraining(DrainStatus)
    case notDraining
    case shuttingDown
}

extension DrainRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidRate:
            "the rate is not a number of closes a second above 0 and up to \(Int(DrainLimits.highestRate)) (--rate)"
        case .invalidDeadline:
            "the deadline is not above 0 and up to \(seconds(DrainLimits.longestDeadline)) (--deadline)"
        case .unreachable(let connections, let rate, let deadline):
            Self.unreachableWords(connections, rate, deadline)
        case .tooSlow(let connections, let rate):
            "\(connections) connections at \(rate)/s take longer than a day; raise the rate to "
                + "\(DrainLimits.rate(closing: connections, within: DrainLimits.longestDeadline))/s (--rate)"
        case .alreadyDraining(let status):
            "a drain is at step \(status.phase.rawValue), asked for by \(SafeText(status.requestedBy).text) at "
                + "\(status.startedAt); undrain first to change it"
        case .notDraining: "the worker is not drained and accepts connections; there is nothing to undo"
        case .shuttingDown: "the worker was told to stop and leaves once its connections are closed"
        }
    }

    private static func unreachableWords(_ connections: Int, _ rate: Double, _ deadline: Duration) -> String {
        let longEnough = (2 * Double(connections) / rate).rounded(.up)
        let later =
            longEnough <= DrainLimits.longestDeadline.inSeconds
            ? " or the deadline to \(Int(longEnough)) s (--deadline)" : ""
        let halves = "half of the deadline is for closing, the other for clients that leave when told"
        return "\(connections) connections cannot be closed at \(rate)/s within \(seconds(deadline)): \(halves); "
            + "raise the rate to \(DrainLimits.rate(closing: connections, within: deadline))/s (--rate)"
            + later + ", or leave one of them out"
    }
}

private func seconds(_ duration: Duration) -> String {
    let value = duration.inSeconds
    return value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
}
