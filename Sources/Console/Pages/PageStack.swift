import FleetModel

/// The pages that were gone through, the one that is looked at on top. The fleet is always at the bottom.
struct PageStack: Sendable {
    private(set) var pages: [any ConsolePage]

    /// Deeper than anybody remembers; the oldest but the fleet are let go.
    static let maximumDepth = 16

    init(_ root: FleetPage) {
        pages = [root]
    }

    var root: FleetPage {
        get { pages[0] as? FleetPage ?? FleetPage() }
        set { pages[0] = newValue }
    }

    var top: any ConsolePage {
        get { pages[pages.count - 1] }
        set { pages[pages.count - 1] = newValue }
    }

    var isAtRoot: Bool { pages.count == 1 }

    mutating func push(_ page: any ConsolePage) {
        pages.append(page)
        if pages.count > Self.maximumDepth { pages.remove(at: 1) }
    }

    /// - Returns: false at the bottom.
    mutating func pop() -> Bool {
        guard pages.count > 1 else { return false }
        pages.removeLast()
        return true
    }

    /// Goes to a page of a kind from anywhere: back to it where it is on the way, else to a new one above the fleet.
    mutating func go(to page: any ConsolePage) {
        if page.kind == .fleet {
            pages.removeLast(pages.count - 1)
        } else if let index = pages.lastIndex(where: { $0.kind == page.kind && $0.title == page.title }) {
            pages.removeLast(pages.count - 1 - index)
        } else {
            pages = [pages[0], page]
        }
    }

    /// "fleet › rooms › connections ops:north".
    func crumbs(_ mark: SafeText) -> SafeText {
        pages.dropFirst().reduce(pages[0].title) { "\($0) \(mark) \($1.title)" }
    }
}
