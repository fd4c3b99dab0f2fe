import AdminAPI
import AdminClient

/// What the console hears its fleets by, and what it acts through.
@MainActor
struct ConsoleLink {
    let fleet: FleetGroup
    /// nil for several fleets: acts are planned and led in one.
    let acts: ActDesk?
    let queries: QueryGroup

    /// - Throws: `CommandFailure` when there can be no link to any fleet.
    init(_ target: ConsoleFleet) throws {
        do {
            fleet = try FleetGroup(target)
            acts = target.members.count == 1 ? try ActDesk(target.members[0].source) : nil
            queries = try QueryGroup(target)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.failed, "the link to the fleet cannot be made: \(error)")
        }
    }

    func close() {
        queries.close()
        acts?.close()
        fleet.close()
    }
}
