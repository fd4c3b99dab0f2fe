extension LatencyHistogram {
    /// Adds what a histogram has recorded between two states of it, in place: it is done for every sample of a fleet.
    ///
    /// Adds nothing where the later state has less anywhere: then it is not of the same life of its worker, or what the
    /// worker says is not to be believed.
    /// - Returns: whether there was anything to add.
    @discardableResult
    package mutating func addGrowth(from earlier: LatencyHistogram, to later: LatencyHistogram) -> Bool {
        guard later.count > earlier.count, later.hasGrown(since: earlier) else { return false }
        addDifference(of: later, and: earlier)
        return true
    }

    private func hasGrown(since earlier: LatencyHistogram) -> Bool {
        guard counts.count >= earlier.counts.count else { return false }
        return counts.withUnsafeBufferPointer { after in
            earlier.counts.withUnsafeBufferPointer { before in
                var hasGrown = true
                for index in before.indices { hasGrown = hasGrown && after[index] >= before[index] }
                return hasGrown
            }
        }
    }
}
