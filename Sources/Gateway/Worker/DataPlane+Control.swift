import WebSocket

extension DataPlane: DrainTarget {
    package func close(atMost count: Int) async -> Int {
        await close(atMost: count, code: .shutdown, reason: "the worker is drained; connect again")
    }
}

extension DataPlane: ConnectionDirectory {}
