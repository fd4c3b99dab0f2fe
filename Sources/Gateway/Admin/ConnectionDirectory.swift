import AdminAPI

/// Lists the rooms and connections of a worker, page by page.
package protocol ConnectionDirectory: Sendable {
    /// - Throws: `AdminError` for a cursor that is not one of the directory's.
    func rooms(prefix: String, after cursor: String?, limit: Int) async throws -> Page<RoomInfo>
    /// - Throws: `AdminError` for a cursor that is not one of the directory's.
    func connections(
        _ selector: ConnectionSelector, after cursor: String?, limit: Int
    ) async throws -> Page<ConnectionInfo>
}
