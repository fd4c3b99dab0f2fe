import AdminAPI
import AdminClient
import Console

/// What the console hears its fleets by, what it acts through and records with; of a replay, only the recording.
@MainActor
final class ConsoleLink {
    let fleet: FleetGroup?
    /// nil for several fleets: acts are planned and led in one.
    let acts: ActDesk?
    let queries: QueryGroup?
    /// nil where nothing is kept to look back at.
    let time: TimeDesk?
    /// What the operator wants recorded; nil while that is nothing.
    var recording: RecordingDesk?

    /// A recording's last seconds are written before the console is gone.
    private static let longestGoodbye: Duration = .seconds(2)

    /// - Throws: `CommandFailure` when there can be no link to any fleet.
    init(_ target: ConsoleFleet, _ history: TimeDesk?) throws {
        do {
            fleet = try FleetGroup(target)
            acts = target.members.count == 1 ? try ActDesk(target.members[0].source) : nil
            queries = try QueryGroup(target)
            time = history
            isKept = history != nil
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.failed, "the link to the fleet cannot be made: \(error)")
        }
    }

    /// A replay.
    init(time: TimeDesk) {
        (fleet, acts, queries) = (nil, nil, nil)
        self.time = time
        isKept = false
    }

    /// The session is recorded, so that one can look back at it.
    private(set) var isKept: Bool

    /// To keep what more workers say would cost more than to show it: of such a fleet, the operator records what they
    /// want to keep.
    private static let mostKeptWorkers = 256

    func writeDown(_ entry: ScribeEntry, of workers: Int) {
        if workers > Self.mostKeptWorkers { isKept = false }
        if isKept { time?.put(entry) }
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
