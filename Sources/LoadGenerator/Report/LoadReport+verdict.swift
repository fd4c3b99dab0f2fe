extension LoadReport {
    /// Clients that were made to stop reading are not held against the server, whether it has closed them or not.
    func judged(stuck: Int = 0, stuckConnected: Int = 0) -> Verdict {
        if connecting.joins == 0, clients.asked > 0 { return .unreachable }
        let areAllThere = clients.subscribedAtEnd - stuckConnected == clients.asked - stuck
        return faults == 0 && areAllThere && !publishedNothing ? .clean : .faulty
    }

    /// What was held back was not tried, so that nothing is shown of it; and clients of critical rooms depend on
    /// getting everything, also where the server says that they do not.
    private var faults: Int {
        deliveries.lost + deliveries.duplicates + deliveries.outOfOrder + deliveries.misrouted + deliveries.unaccounted
            + classes.critical.deliveries.notRecovered + Int(publishing.unconfirmed) + Int(publishing.held)
            + Int(deliveries.malformed)
    }

    /// There was to be something to deliver, and there was not.
    var publishedNothing: Bool { publishing.askedPerSecond > 0 && publishing.published == 0 }
}
