/// Connections that went with the workers that held them, over the last minute: nobody is left to count them.
struct Departures: Sendable, Equatable {
    private struct Entry: Sendable, Equatable {
        let time: UnixTime
        let closes: UInt64
        let isPlanned: Bool
    }

    private var entries: [Entry] = []

    /// Workers that go within a minute; the oldest of more are forgotten.
    private static let mostEntries = 1_024

    var closes: UInt64 { entries.reduce(0) { $0 + $1.closes } }
    var plannedCloses: UInt64 { entries.reduce(0) { $0 + ($1.isPlanned ? $1.closes : 0) } }

    /// - Parameter sample: the last one of a process that is gone.
    mutating func add(_ sample: WorkerSample, at now: UnixTime) {
        guard sample.connections > 0 else { return }
        if entries.count == Self.mostEntries { entries.removeFirst() }
        entries.append(
            Entry(time: now, closes: UInt64(sample.connections), isPlanned: sample.state.isLeaving))
    }

    mutating func tick(at now: UnixTime) {
        guard !entries.isEmpty else { return }
        let start = now.advanced(by: .zero - ChurnWindow.length)
        entries.removeAll { $0.time <= start }
    }
}

extension WorkerState {
    /// Whether somebody asked the worker to lose its connections.
    fileprivate var isLeaving: Bool {
        switch self {
        case .draining, .drained, .stopping: true
        case .starting, .active: false
        }
    }
}
