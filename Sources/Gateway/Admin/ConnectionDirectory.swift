import AdminAPI

/// Lists the rooms, connections and critical messages of a worker, page by page.
package protocol ConnectionDirectory: Sendable {
    /// - Throws: `AdminError` for a cursor that is not one of the directory's, in this order.
    func rooms(
        _ filter: RoomFilter, order: RoomListOrder, after cursor: String?, limit: Int
    ) async throws -> Page<RoomInfo>
    /// - Throws: `AdminError` for a cursor that is not one of the directory's, in this order.
    func connections(
        _ selector: ConnectionSelector, order: ConnectionListOrder, after cursor: String?, limit: Int
    ) async throws -> Page<ConnectionInfo>
    /// - Parameter messageID: of the only message to tell of; nil for all that are known.
    /// - Throws: `AdminError` for a cursor that is not one of the directory's.
    func acks(_ messageID: String?, after cursor: String?, limit: Int) async throws -> Page<AckReport>
}
