import Console

/// What the console hears its fleet by, what it acts through, and what it records with; of a replay, only the recording.
@MainActor
struct ConsoleLink {
    let fleet: FleetConnection?
    let acts: ActDesk?
    let queries: QueryDesk?
    /// nil where nothing is kept to look back at.
    let time: TimeDesk?
    /// What the operator wants recorded; nil while that is nothing.
    var recording: RecordingDesk?

    /// A recording's last seconds are written before the console is gone.
    private static let longestGoodbye: Duration = .seconds(2)

    init(_ source: FleetSource, _ history: TimeDesk?) throws {
        fleet = try FleetConnection(source)
        acts = try ActDesk(source)
        queries = try QueryDesk(source)
        time = history
    }

    /// A replay.
    init(time: TimeDesk) {
        (fleet, acts, queries) = (nil, nil, nil)
        self.time = time
    }

    /// The session is recorded, so that one can look back at it.
    var isKept: Bool { fleet != nil && time != nil }

    func writeDown(_ entry: ScribeEntry) {
        time?.put(entry)
        recording?.put(entry)
    }

    func close() {
        recording?.end(within: Self.longestGoodbye)
        queries?.close()
        acts?.close()
        fleet?.close()
        time?.close()
    }
}
