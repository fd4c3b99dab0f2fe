extension LatencyHistogram {
    /// Adds what a histogram has recorded between two states of it, in place: it is done for every sample of a fleet.
    ///
    /// Adds nothing where the later state has less anywhere: then it is not of the same life of its worker, or what the
    /// worker says is not to be believed.
    package mutating func addGrowth(from earlier: LatencyHistogram, to later: LatencyHistogram) {
        guard later.count > earlier.count, later.counts.count >= earlier.counts.count,
            earlier.counts.indices.allSatisfy({ later.counts[$0] >= earlier.counts[$0] })
        else { return }
        addDifference(of: later, and: earlier)
    }
}
