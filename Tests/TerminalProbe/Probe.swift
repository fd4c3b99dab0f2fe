import CursesTerminal
import FleetModel
import Glibc
import Terminal

/// The probe's main loop, as small as a console's can be.
struct Probe {
    private let terminal: CursesTerminal
    private var scene: ProbeScene
    private var isOver = false

    init(terminal: CursesTerminal) {
        self.terminal = terminal
        scene = ProbeScene(glyphs: .suited(to: terminal.capabilities))
        if let notice = terminal.notice { scene.note = notice }
    }

    mutating func run(ending: String) {
        while !isOver {
            terminal.draw(scene.buffer(terminal.size))
            var requests = [terminal.inputDescriptor, wakeUp[0]].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            guard poll(&requests, 2, -1) > 0 else { continue }
            if requests[1].revents != 0 { handleSignal() }
            if requests[0].revents != 0 {
                for event in terminal.readEvents() { handle(event, ending: ending) }
            }
        }
    }

    /// For counting what a frame costs.
    mutating func drawStill() {
        for _ in 0..<1000 { terminal.draw(scene.buffer(terminal.size)) }
        for _ in 0..<100 {
            scene.tick += 1
            terminal.draw(scene.buffer(terminal.size))
        }
    }

    private mutating func handleSignal() {
        var number: UInt8 = 0
        read(wakeUp[0], &number, 1)
        if Int32(number) == SIGWINCH {
            handle(terminal.handleResize(), ending: "")
        } else {
            isOver = true
        }
    }

    private mutating func handle(_ event: TerminalEvent, ending: String) {
        switch event {
        case .key(.character("q")), .hungUp: isOver = true
        case .key(.character("n")): scene.tick += 1
        case .key(.character("s")): lendTerminal()
        case .key(.character("x")): end(as: ending)
        case .key(.character("c")): scene.note = terminal.copy(["gw1-w2"]) ? "copied true" : "copied false"
        case .key(let key):
            if key == .character("m") { terminal.setMouse(true) }
            scene.note = "key " + SafeText(String(describing: key))
        case .mouse(let event):
            scene.note = "\(SafeText(String(describing: event.action))) at \(event.column), \(event.row)"
        case .paste(let paste): scene.note = "pasted \(paste.text)"
        case .resized(let size): scene.note = "resized to \(size.columns) by \(size.rows)"
        }
    }

    private func lendTerminal() {
        terminal.suspend()
        print("lent")
        usleep(300_000)
        terminal.resume()
    }

    private func end(as ending: String) {
        switch ending {
        case "crash": raise(SIGSEGV)
        case "trap": fatalError("the probe was asked to trap")
        case "exit": exit(3)
        default: break
        }
    }
}
