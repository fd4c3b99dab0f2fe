import AdminAPI
import AdminClient
import FleetModel

extension AdminClient {
    /// Has workers count the members of rooms: each in one moment, and however many rooms it has.
    /// - Returns: those of the workers that answer.
    func tallies(
        of rooms: RoomPattern, on endpoints: [AdminEndpoint], timeout: Duration
    ) async -> [(worker: WorkerID, value: RoomTally)] {
        let query = "pattern=" + AdminRequest.encoded(rooms.rawValue)
        let answers = await ask(endpoints) { (client, endpoint) throws(AdminFailure) in
            let request = AdminRequest(endpoint, .get, .throttlePreview, query: query, timeout: timeout)
            return try await client.value(of: ThrottlePreview.self, from: request)
        }
        return answers.compactMap { endpoint, answer in
            // Whoever does not answer is not counted, which the plan says of it.
            guard let preview = try? answer.get(), preview.worker == endpoint.worker else { return nil }
            return (endpoint.worker, RoomTally(preview))
        }
    }
}

extension RoomTally {
    fileprivate init(_ preview: ThrottlePreview) {
        self.init(pattern: preview.pattern, members: preview.connections, criticalRooms: preview.criticalRooms)
    }
}
