import AdminAPI
import ControlPlane
import FleetModel

/// Reads the fleet's audit chain through whichever worker answers.
struct AuditReader {
    let desk: FleetDesk

    /// The newest records first.
    /// - Throws: `AdminError`.
    func latest(_ limit: Int) async throws(AdminError) -> [AuditRecord] {
        var records: [AuditRecord] = []
        var cursor: String?
        repeat {
            let page = try await page(min(limit - records.count, PageLimit.maximum), cursor)
            records += page.items
            cursor = page.nextCursor
        } while cursor != nil && records.count < limit
        return records
    }

    /// The whole chain, oldest first, and its head.
    func all() async throws(AdminError) -> (records: [AuditRecord], unreadable: [String], head: AuditHead) {
        let first = try await page(PageLimit.maximum, nil)
        var (records, unreadable, cursor) = (first.items, first.unreadable, first.nextCursor)
        for _ in 0..<Self.mostPages {
            guard let next = cursor else { break }
            let page = try await page(PageLimit.maximum, next)
            records += page.items
            unreadable += page.unreadable
            cursor = page.nextCursor
        }
        return (records.reversed(), unreadable.reversed(), first.head)
    }

    /// More than the chain keeps.
    private static let mostPages = 100

    private func page(_ limit: Int, _ cursor: String?) async throws(AdminError) -> AuditPage {
        try await desk.ask(.get, .audit, query: "limit=\(limit)" + (cursor.map { "&cursor=\($0)" } ?? ""))
    }
}
