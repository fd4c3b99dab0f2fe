import AdminAPI

extension Page {
    /// The first page of what is left of a list.
    init<Element>(
        first limit: Int, of rest: some BidirectionalCollection<Element>, total: Int, cursor: (Element) -> String,
        item: (Element) -> Item
    ) {
        let page = rest.prefix(max(0, limit))
        self.init(
            items: page.map(item), total: total, nextCursor: page.count < rest.count ? page.last.map(cursor) : nil)
    }

    /// Reads where the page before ended; nil for the first page.
    /// - Throws: `AdminError` for a cursor that is not one of ours.
    static func position<Position>(at cursor: String?, _ read: (String) -> Position?) throws -> Position? {
        guard let cursor else { return nil }
        guard let position = read(cursor) else {
            throw AdminError(
                .badRequest, "the cursor is not one that this worker gave; ask for the first page again")
        }
        return position
    }
}
