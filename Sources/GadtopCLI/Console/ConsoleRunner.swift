import AdminAPI
import Console
import CursesTerminal
import FleetModel
import Glibc
import Recording
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
    private var origin: Origin
    /// What is to be looked at instead.
    var nextFleet: ConsoleFleet?
    private var lastTick: Int64
    private var ending: Ending?

    /// What the console shows.
    private enum Origin {
        case fleet(ConsoleFleet, keepsHistory: Bool)
        case recording(SliceReader, named: SafeText)

        var name: SafeText {
            switch self {
            case .fleet(let fleet, _): fleet.name
            case .recording(_, let name): name
            }
        }

        var contexts: [String] {
            switch self {
            case .fleet(let fleet, _): fleet.contexts
            case .recording: []
            }
        }
    }

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
    ///   - keepsHistory: records the session, so that the operator can look back.
    /// - Throws: `CommandFailure` when there is no terminal to show it on.
    convenience init(
        _ fleet: ConsoleFleet, places: [SafeText] = [], options: ConsoleOptionValues = ConsoleOptionValues(),
        environment: [String: String], companion: Int32? = nil, keepsHistory: Bool = true
    ) throws {
        try self.init(
            .fleet(fleet, keepsHistory: keepsHistory), places: places, options: options, environment: environment,
            companion: companion)
    }

    /// The console on a recording.
    convenience init(
        replaying reader: SliceReader, named name: SafeText, options: ConsoleOptionValues = ConsoleOptionValues(),
        environment: [String: String]
    ) throws {
        try self.init(
            .recording(reader, named: name), places: [], options: options, environment: environment, companion: nil)
    }

    private init(
        _ origin: Origin, places: [SafeText], options: ConsoleOptionValues, environment: [String: String],
        companion: Int32?
    ) throws {
        self.origin = origin
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
            fleetName: origin.name, contexts: origin.contexts, fleetPlaces: places, user: Self.user(environment),
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
    func run() throws -> Ending { try run { _ in [] } }

    /// The same on a recording, beginning at a time of it.
    func replay(at time: UnixTime?, speed: PlaybackSpeed?) throws {
        try run { $0.replay(at: time, speed: speed ?? .normal, isPlaying: speed != nil) }
    }

    @discardableResult
    private func run(_ begin: (inout ConsoleModel) -> [ConsoleEffect]) throws -> Ending {
        defer { terminal.close() }
        while ending == nil {
            let link = try connected()
            defer { link.close() }
            model.keepsHistory = link.isKept
            Language.$current.withValue(language) {
                for effect in begin(&model) { perform(effect, link) }
            }
            stay(on: link)
            changeFleet()
        }
        terminal.close()
        if let complaint = keeper.write() { Print.error("gadtop: \(complaint)") }
        tellOfWhatGoesOn()
        return ending ?? .quit
    }

    private func connected() throws -> ConsoleLink {
        switch origin {
        case .fleet(let fleet, let keepsHistory): return try ConsoleLink(fleet, try history(keepsHistory))
        case .recording(let reader, _): return ConsoleLink(time: try TimeDesk(replaying: reader))
        }
    }

    /// - Returns: nil where there is no place for it; then the console does without.
    private func history(_ isKept: Bool) throws -> TimeDesk? {
        guard isKept, let path = HistoryFile.path(environment: environment) else { return nil }
        return try TimeDesk(historyAt: path, fleet: model.fleetName)
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
        nextFleet = nil
        if case .fleet(_, let keepsHistory) = origin { origin = .fleet(next, keepsHistory: keepsHistory) }
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
            link.time?.readinessDescriptor ?? -1, link.recording?.readinessDescriptor ?? -1,
        ]
        let (fleet, queries) = (link.fleet?.readinessDescriptors ?? [], link.queries?.readinessDescriptors ?? [])
        var polled = (fixed + fleet + queries).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        if poll(&polled, nfds_t(polled.count), millisecondsToTick()) > 0 {
            let isReady = polled.map { $0.revents != 0 }
            if isReady[1] { signals.takeSignals().forEach { handle($0, link) } }
            if isReady[0] { terminal.readEvents().forEach { update(.terminal($0), link) } }
            if isReady[2], let acts = link.acts { update(.acts(acts.takeNews()), link) }
            if isReady[3] { ending = .companionLost }
            if isReady[4] { link.time?.takeNews().forEach { update(.travel($0), link) } }
            if isReady[5] { hearRecording(link) }
            let rest = isReady.dropFirst(fixed.count)
            if rest.prefix(fleet.count).contains(true) { hearFleet(link) }
            if rest.suffix(queries.count).contains(true) { hearAnswers(link) }
        }
        tickIfDue(link)
    }

    private func hearFleet(_ link: ConsoleLink) {
        let events = link.fleet?.takeEvents() ?? []
        link.writeDown(.events(events, .now), of: model.fleet.workers.count)
        update(.fleet(events), link)
    }

    private func hearAnswers(_ link: ConsoleLink) {
        let answers = link.queries?.takeAnswers() ?? []
        link.writeDown(.answers(answers, .now), of: model.fleet.workers.count)
        update(.answers(answers), link)
    }

    private func tickIfDue(_ link: ConsoleLink) {
        let now = UnixTime.now
        guard now.wholeSecond != lastTick else { return }
        lastTick = now.wholeSecond
        link.writeDown(.tick(now), of: model.fleet.workers.count)
        model.keepsHistory = link.isKept
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
        case .ask(let question, let worker): link.fleet?.ask(question, of: worker)
        case .fetch(let query, let workers): link.queries?.ask(query, of: workers)
        case .redraw: terminal.redraw()
        case .export(let export): update(ExportFile.write(export, environment: environment), link)
        case .travel(let order): link.time?.perform(order)
        case .record(let path): record(to: path, link)
        case .stopRecording: link.recording?.end()
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
        // Without a shell that could continue it (an orphaned process group) this does nothing.
        signals.withDefaultAction(of: SIGTSTP) { kill(processes, SIGTSTP) }
        terminal.resume()
        update(.terminal(terminal.handleResize()), link)
    }
}

extension UnixTime {
    fileprivate var wholeSecond: Int64 { microseconds / 1_000_000 }
}
