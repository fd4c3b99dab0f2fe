import Terminal

/// Where on the screen the parts stand that every page has around it.
struct FrameLayout: Equatable {
    let header: Rect
    /// What the page has; two pages share it where the screen is split.
    let page: Rect
    /// What is under way, with its rule; nil while nothing is.
    let pinned: Rect?
    let keys: Rect

    private static let mostPinned = 6
    /// Pinned lines fill at most this part of the screen.
    private static let pinnedPart = 6

    init(size: Size, pinned count: Int) {
        let headerHeight = min(Self.headerHeight(rows: size.rows), max(0, size.rows - 1))
        header = Rect(x: 0, y: 0, width: size.columns, height: headerHeight)
        keys = Rect(x: 0, y: size.rows - 1, width: size.columns, height: 1)
        let lines = min(count, Self.mostPinned, max(1, size.rows / Self.pinnedPart))
        let pinnedHeight = lines > 0 ? lines + 1 : 0
        let middle = max(0, size.rows - headerHeight - 1)
        page = Rect(x: 0, y: headerHeight, width: size.columns, height: max(0, middle - pinnedHeight))
        pinned =
            pinnedHeight > 0 && middle > pinnedHeight
            ? Rect(x: 0, y: headerHeight + page.height, width: size.columns, height: pinnedHeight) : nil
    }

    /// On the smallest screens a row of the table is worth more than the header's third line.
    private static func headerHeight(rows: Int) -> Int { rows < 16 ? 2 : 3 }

    /// The upper and the lower half of a split screen; the rule between them belongs to the lower page.
    var halves: (upper: Rect, lower: Rect) {
        let upper = page.height / 2
        return (
            Rect(x: page.x, y: page.y, width: page.width, height: upper),
            Rect(x: page.x, y: page.y + upper, width: page.width, height: page.height - upper)
        )
    }
}
