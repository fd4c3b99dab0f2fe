/// What a console switches on past what curses does (xterm's ctlseqs, DECSET); other terminals read over it.
enum TerminalModes {
    /// Bracketed paste: what is pasted comes between marks, and so is never taken for keys.
    static let pasteOn = Array("\u{1B}[?2004h".utf8)
    /// Buttons and the wheel, in decimal, so that places past column 223 can be told.
    static let mouseOn = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
    static let mouseOff = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)
    /// With attributes and colours, of which curses does not know.
    static let allOff = mouseOff + Array("\u{1B}[?2004l\u{1B}[m".utf8)
}
