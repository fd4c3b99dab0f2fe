import FleetModel

/// What a chart shows of one stretch of time, and how two stretches become one.
protocol ChartMoment: Sendable {
    var time: UnixTime { get }
    mutating func merge(_ other: Self)
}

/// How something went: fine for the last minutes, coarser for the hours before; bounded, however long it runs.
struct ChartHistory<Moment: ChartMoment>: Sendable {
    /// Moments of equal length, the oldest first.
    private struct Level: Sendable {
        let step: Duration
        let limit: Int
        private(set) var moments: [Moment] = []

        init(step: Duration, limit: Int) {
            self.step = step
            self.limit = limit
        }

        mutating func add(_ moment: Moment) {
            if let last = moments.last, last.time.slot(step) == moment.time.slot(step) {
                moments[moments.count - 1].merge(moment)
                return
            }
            // A clock that was set back takes what is to come again with it.
            if let last = moments.last, last.time > moment.time { moments.removeAll { $0.time >= moment.time } }
            moments.append(moment)
            // One move for many moments.
            if moments.count > limit + limit / 8 { moments.removeFirst(moments.count - limit) }
        }
    }

    private var fine: Level
    private var coarse: Level

    init(fine: (step: Duration, limit: Int), coarse: (step: Duration, limit: Int)) {
        self.fine = Level(step: fine.step, limit: fine.limit)
        self.coarse = Level(step: coarse.step, limit: coarse.limit)
    }

    mutating func add(_ moment: Moment) {
        fine.add(moment)
        coarse.add(moment)
    }

    var isEmpty: Bool { fine.moments.isEmpty }

    /// The last so many stretches of `step`, the oldest first; nil where nothing is known.
    func series(step: Duration, count: Int, until now: UnixTime) -> [Moment?] {
        guard count > 0 else { return [] }
        let reaches = step * count <= fine.step * fine.limit
        let moments = reaches || step < coarse.step ? fine.moments : coarse.moments
        var series = [Moment?](repeating: nil, count: count)
        let last = now.slot(step)
        for moment in moments.reversed() {
            let index = count - 1 - Int(clamping: last - moment.time.slot(step))
            guard index >= 0 else { break }
            guard index < count else { continue }
            if series[index] == nil { series[index] = moment } else { series[index]?.merge(moment) }
        }
        return Self.bridged(series)
    }

    /// Ticks come a little early and a little late: a single stretch without one is no gap in the record.
    private static func bridged(_ series: [Moment?]) -> [Moment?] {
        series.indices.map { index in
            guard series[index] == nil, index > 0, series[index - 1] != nil else { return series[index] }
            return index == series.count - 1 || series[index + 1] != nil ? series[index - 1] : nil
        }
    }
}
