// A program for the terminal tests: a small fleet table with everything a theme can show.
//
//     terminal-probe [crash | trap | exit | deaf | still]
//
// Keys: q quits, n changes one figure, s suspends for a moment, m hears the mouse, c copies, others are named on the last row. `crash`, `trap`
// and `exit` end the program that way on `x`; `deaf` hears no SIGHUP; `still` draws the same buffer 1,000 times and then one changed figure 100 times.

import CursesTerminal
import FleetModel
import Glibc
import Terminal
import Themes

let ending = CommandLine.arguments.dropFirst().first ?? "quit"
let environment = Dictionary(
    uniqueKeysWithValues: ["TERM", "TMUX", "COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG", "THEME"].compactMap {
        (name: String) in
        getenv(name).map { (name, String(cString: $0)) }
    })

// Filled before the first handler is installed, and only read after.
nonisolated(unsafe) var wakeUp: [Int32] = [0, 0]
pipe(&wakeUp)
for signal in [SIGTERM, SIGHUP, SIGWINCH] {
    Glibc.signal(signal) { number in
        var byte = UInt8(number)
        write(wakeUp[1], &byte, 1)
    }
}
if ending == "deaf" { signal(SIGHUP, SIG_IGN) }

do {
    let terminal = try CursesTerminal(environment: environment)
    terminal.apply(
        theme: try ThemeCatalog.theme(named: environment["THEME"] ?? Theme.standard.name, environment: [:]))
    var probe = Probe(terminal: terminal)
    if ending == "still" { probe.drawStill() } else { probe.run(ending: ending) }
    terminal.close()
    print("probe ended well")
} catch {
    print("\(error)")
    exit(1)
}
