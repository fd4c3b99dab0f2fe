import FleetModel
import WebSocket

extension DataPlane: DrainTarget {
    package func close(atMost count: Int, for cause: DrainCause) async -> Int {
        await close(
            atMost: count, code: .shutdown, reason: "the worker is drained; connect again", as: PlannedClose(cause))
    }
}

extension DataPlane: ConnectionDirectory {}
