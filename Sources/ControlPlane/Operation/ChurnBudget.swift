import FleetModel

/// How fast clients are told to reconnect where nobody says how fast.
///
/// The rate is what keeps a fleet within its budget, and on a small fleet, whose budget would have a dozen clients wait
/// for minutes, one that is small as a number: `negligibleRate`. From 6,000 connections on the budget is the larger one
/// and holds alone.
package enum ChurnBudget {
    /// Closes a minute, as a part of the fleet's connections, above which an alarm is raised.
    package static let perMinute = 0.05
    /// Closes a second that are no burden to anything, whatever part of a fleet they are: a worker takes a thousand
    /// times as many connects, and calls nothing a storm below ten times as many.
    package static let negligibleRate = 5.0

    /// Closes a second over the whole fleet.
    package static func rate(connections: Int) -> Double {
        max(Double(connections) * perMinute / 60, negligibleRate)
    }
}
