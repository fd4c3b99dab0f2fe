import AdminAPI
import Console
import CursesTerminal
import FleetModel
import Glibc
import Terminal

/// The console's main loop: waits for keys, signals, the fleet and the second, and shows what comes of them.
///
/// It paints before it connects to anything, and nothing it waits for can keep it from answering a key.
@MainActor
final class ConsoleRunner {
    let terminal: CursesTerminal
    private let signals: SignalPipe
    private let companion: Int32?
    let environment: [String: String]
    var keeper: PreferencesKeeper
    /// What is spoken; it takes effect with the next turn of the loop.
    var language: Language
    var model: ConsoleModel
    private var fleet: ConsoleFleet
    /// What is to be looked at instead.
    var nextFleet: ConsoleFleet?
    private var lastTick: Int64
    private var ending: Ending?

    /// Why the loop came to its end.
    enum Ending {
        /// The operator left, the terminal went away, or a signal asked for it.
        case quit
        /// The process that `companion` belongs to is gone.
        case companionLost
    }

    /// The fleet's link wakes the loop once a second, just after the samples; a tick that has not come by then is made
    /// up for, this much later.
    private static let tickGrace: Duration = .milliseconds(400)

    /// Takes the terminal and paints the first frame.
    /// - Parameters:
    ///   - places: how other programs get to the fleet, for the help.
    ///   - companion: a descriptor whose end of file ends the console.
    /// - Throws: `CommandFailure` when there is no terminal to show it on.
    init(
        _ fleet: ConsoleFleet, places: [SafeText] = [], options: ConsoleOptionValues = ConsoleOptionValues(),
        environment: [String: String], companion: Int32? = nil
    ) throws {
        self.fleet = fleet
        self.companion = companion
        self.environment = environment
        signals = try SignalPipe()
        keeper = PreferencesKeeper(environment, options: options)
        let preferences = keeper.atStart
        let language = options.language(kept: preferences.language, environment: environment)
        self.language = language
        let keys = Language.$current.withValue(language) { KeysFile(environment).keymap() }
        do {
            terminal = try CursesTerminal(environment: environment)
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
        let now = UnixTime.now
        lastTick = now.wholeSecond
        model = ConsoleModel(
            fleetName: fleet.name, contexts: fleet.contexts, fleetPlaces: places, user: Self.user(environment),
            size: terminal.size, capabilities: options.capabilities(of: terminal.capabilities), keymap: keys.keymap,
            preferences: preferences, nonce: .random(in: .min ... .max), now: now)
        Language.$current.withValue(language) {
            takeUp(preferences, complaints: keys.complaints)
            draw()
        }
    }

    /// Runs until the operator leaves, the terminal goes away or a signal says so; gives the terminal back however.
    /// - Throws: `CommandFailure` when there can be no link to any fleet.
    @discardableResult
    func run() throws -> Ending {
        defer { terminal.close() }
        while ending == nil {
            let link = try ConsoleLink(fleet)
            defer { link.close() }
            stay(on: link)
            changeFleet()
        }
        terminal.close()
        if let complaint = keeper.write() { Print.error("gadtop: \(complaint)") }
        tellOfWhatGoesOn()
        return ending ?? .quit
    }

    /// Until the console ends, or another fleet is wanted.
    private func stay(on link: ConsoleLink) {
        while ending == nil, nextFleet == nil {
            Language.$current.withValue(language) {
                turn(link)
                draw()
            }
        }
    }

    private func changeFleet() {
        guard let next = nextFleet else { return }
        (fleet, nextFleet) = (next, nil)
        Language.$current.withValue(language) {
            // A fleet that was just opened has been asked nothing yet.
            _ = model.update(.switched(to: next.name, contexts: next.contexts))
            draw()
        }
    }

    /// Whoever leaves an operation must be able to find it again.
    private func tellOfWhatGoesOn() {
        for line in model.partingWords { Print.error("gadtop: \(line)") }
    }

    private func draw() {
        let cursor = model.cursor
        terminal.draw(model.view(), cursor: cursor)
    }

    private static func user(_ environment: [String: String]) -> SafeText {
        SafeText(environment["USER"] ?? environment["LOGNAME"] ?? "uid \(getuid())")
    }
}

// MARK: - One turn of the loop

extension ConsoleRunner {
    private func turn(_ link: ConsoleLink) {
        let fixed = [
            terminal.inputDescriptor, signals.readEnd, link.acts?.readinessDescriptor ?? -1, companion ?? -1,
        ]
        let (fleet, queries) = (link.fleet.readinessDescriptors, link.queries.readinessDescriptors)
        var polled = (fixed + fleet + queries).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        if poll(&polled, nfds_t(polled.count), millisecondsToTick()) > 0 {
            let isReady = polled.map { $0.revents != 0 }
            if isReady[1] { signals.takeSignals().forEach { handle($0, link) } }
            if isReady[0] { terminal.readEvents().forEach { update(.terminal($0), link) } }
            if isReady[2], let acts = link.acts { update(.acts(acts.takeNews()), link) }
            if isReady[3] { ending = .companionLost }
            let rest = isReady.dropFirst(fixed.count)
            if rest.prefix(fleet.count).contains(true) { update(.fleet(link.fleet.takeEvents()), link) }
            if rest.suffix(queries.count).contains(true) { update(.answers(link.queries.takeAnswers()), link) }
        }
        tickIfDue(link)
    }

    private func tickIfDue(_ link: ConsoleLink) {
        let now = UnixTime.now
        guard now.wholeSecond != lastTick else { return }
        lastTick = now.wholeSecond
        update(.tick(now), link)
        writePreferences(link)
    }

    /// Until the next second's samples should long have come.
    private func millisecondsToTick() -> Int32 {
        let due = UnixTime(microseconds: (lastTick + 1) * 1_000_000).advanced(by: Self.tickGrace)
        return Int32(clamping: max(0, UnixTime.now.duration(to: due).wholeMilliseconds + 1))
    }

    func update(_ event: ConsoleEvent, _ link: ConsoleLink) {
        for effect in model.update(event) { perform(effect, link) }
    }

    private func perform(_ effect: ConsoleEffect, _ link: ConsoleLink) {
        switch effect {
        case .begin(let request, let id): link.acts?.begin(request, as: id)
        case .ask(let question, let worker): link.fleet.ask(question, of: worker)
        case .fetch(let query, let workers): link.queries.ask(query, of: workers)
        case .redraw: terminal.redraw()
        case .export(let export): update(ExportFile.write(export, environment: environment), link)
        case .copy(let text): copy(text, link)
        case .mouse(let isOn): terminal.setMouse(isOn)
        case .theme(let name): use(theme: name, link)
        case .speak(let language): self.language = language
        case .save(let preferences): keeper.keep(preferences)
        case .lookUpNames: update(.names(knownNames), link)
        case .open(let contexts): open(contexts, link)
        case .suspend: stop(0, link)
        case .quit: ending = .quit
        }
    }

    private func handle(_ signal: Int32, _ link: ConsoleLink) {
        switch signal {
        case SIGWINCH: update(.terminal(terminal.handleResize()), link)
        case SIGTSTP: stop(getpid(), link)
        case SIGCONT: terminal.redraw()
        default: ending = .quit
        }
    }

    /// Gives the terminal to the shell until it continues this process.
    /// - Parameter processes: as `kill` takes them. Ctrl-Z is for the whole job, as the terminal would have it: a shell
    ///   that waits for a script that runs the console must hear that the script has stopped too.
    private func stop(_ processes: pid_t, _ link: ConsoleLink) {
        writePreferences(link)
        terminal.suspend()
        // Without a shell that could continue it (an orphaned process group) this does nothing, and the console goes on.
        signals.withDefaultAction(of: SIGTSTP) { kill(processes, SIGTSTP) }
        terminal.resume()
        update(.terminal(terminal.handleResize()), link)
    }
}

extension UnixTime {
    fileprivate var wholeSecond: Int64 { microseconds / 1_000_000 }
}
