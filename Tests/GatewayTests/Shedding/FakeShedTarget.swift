import FleetModel
import Synchronization

@testable import Gateway

/// Stands in for the data plane: its clients leave as soon as they are told.
final class FakeShedTarget: ShedTarget {
    struct State {
        var clients = 1_000
        var isRefusing = false
    }

    let state = Mutex(State())

    var isRefusing: Bool { state.withLock(\.isRefusing) }
    var clients: Int { state.withLock(\.clients) }

    func refuseNewWhileShedding() async { state.withLock { $0.isRefusing = true } }
    func acceptNewAfterShedding() async throws { state.withLock { $0.isRefusing = false } }

    func shed(upTo count: Int, in rooms: RoomPattern?) async -> ShedTally {
        state.withLock { state in
            let told = min(count, state.clients)
            state.clients -= told
            return ShedTally(told: told, leaving: 0, matching: state.clients)
        }
    }
}
