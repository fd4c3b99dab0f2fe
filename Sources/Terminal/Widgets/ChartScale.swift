/// How figures from outside become parts of a whole: nothing that arrives may stretch a chart to uselessness.
struct ChartScale {
    /// What fills a column.
    let top: Double

    /// - Parameter ceiling: what to fill a column with; without one, or with one that is no figure, the largest value.
    init(ceiling: Double?, values: some Sequence<Double?>) {
        if let ceiling, ceiling.isFinite, ceiling > 0 {
            top = ceiling
        } else {
            top = values.reduce(0) { largest, value in
                guard let value, value.isFinite else { return largest }
                return max(largest, value)
            }
        }
    }

    /// From 0 to 1. What is below nothing, or no number, counts as nothing; what is endless, as all.
    func fraction(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        guard top > 0, value.isFinite else { return 1 }
        return min(value / top, 1)
    }

    /// Whole steps of so many; what is more than nothing takes at least one.
    func steps(_ value: Double, of count: Int) -> Int {
        let fraction = fraction(value)
        return fraction > 0 ? max(1, Int((fraction * Double(count)).rounded())) : 0
    }
}
