// A program for the terminal tests: a small fleet table with everything a theme can show.
//
//     terminal-probe [crash | trap | exit | still]
//
// Keys: q quits, n changes one figure, s suspends for a moment, others are named on the last row. A word ends the
// program that way on `x`; `still` draws the same buffer 1,000 times and then one changed figure 100 times.

import CursesTerminal
import FleetModel
import Glibc
import Terminal
import Themes

let ending = CommandLine.arguments.dropFirst().first ?? "quit"
let environment = Dictionary(
    uniqueKeysWithValues: ["TERM", "COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG"].compactMap { (name: String) in
        getenv(name).map { (name, String(cString: $0)) }
    })

nonisolated(unsafe) var wakeUp: [Int32] = [0, 0]
pipe(&wakeUp)
for signal in [SIGTERM, SIGHUP, SIGWINCH] {
    Glibc.signal(signal) { number in
        var byte = UInt8(number)
        write(wakeUp[1], &byte, 1)
    }
}

do {
    let terminal = try CursesTerminal(environment: environment)
    terminal.apply(theme: try Theme(yaml: ShippedThemes.standard.yaml, file: ShippedThemes.standard.name))
    var probe = Probe(terminal: terminal)
    if ending == "still" { probe.drawStill() } else { probe.run(ending: ending) }
    terminal.close()
    print("probe ended well")
} catch {
    print("\(error)")
    exit(1)
}
