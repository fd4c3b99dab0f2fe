/// A key as the operator pressed it.
package enum Key: Hashable, Sendable {
    case character(Character)
    case control(Character)
    case enter, escape, tab, backTab, backspace, delete
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
}

/// What a terminal tells its program.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    case mouse(MouseEvent)
    /// Never a row of keys: what is in somebody's clipboard must not act.
    case paste(Paste)
    case resized(Size)
    /// End of input or a terminal that is gone: the program has nobody left to talk to.
    case hungUp
}
