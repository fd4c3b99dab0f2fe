/// Moving in a page that is only read.
enum Scrolling {
    /// - Returns: false for an action that does not move.
    static func move(_ scroll: inout Int, _ action: Action, lines: Int, height: Int) -> Bool {
        let page = max(1, height - 1)
        switch action {
        case .up: scroll -= 1
        case .down: scroll += 1
        case .pageUp: scroll -= page
        case .pageDown: scroll += page
        case .first: scroll = 0
        case .last: scroll = lines
        default: return false
        }
        scroll = max(0, min(scroll, lines - height))
        return true
    }
}
