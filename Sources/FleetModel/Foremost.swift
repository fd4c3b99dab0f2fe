/// The first elements of what is far more than anybody reads: it keeps so many of all that it is given.
package struct Foremost<Element: Comparable> {
    private let limit: Int
    /// Unordered, and at most twice as many as are wanted: they are cut down now and then, which costs each element
    /// little in whichever order they come.
    private var kept: [Element] = []
    /// What is not before it has no place any more.
    private var bar: Element?

    package init(_ limit: Int) {
        self.limit = max(0, limit)
    }

    package mutating func insert(_ element: Element) {
        if let bar, element >= bar { return }
        kept.append(element)
        if kept.count > 2 * limit { cut() }
    }

    /// In order, the least first.
    package var elements: [Element] { Array(kept.sorted().prefix(limit)) }

    private mutating func cut() {
        kept = elements
        bar = kept.last
    }
}

extension Foremost: Sendable where Element: Sendable {}
