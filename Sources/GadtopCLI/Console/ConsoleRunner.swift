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
    private let terminal: CursesTerminal
    private let signals: SignalPipe
    private let origin: Origin
    private let companion: Int32?
    private let environment: [String: String]
    private var model: ConsoleModel
    private var lastTick: Int64
    private var ending: Ending?

    /// What the console shows.
    private enum Origin {
        case fleet(FleetSource, keepsHistory: Bool)
        case recording(SliceReader)
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
        _ source: FleetSource, named name: SafeText, places: [SafeText] = [], environment: [String: String],
        companion: Int32? = nil, keepsHistory: Bool = true
    ) throws {
        try self.init(
            .fleet(source, keepsHistory: keepsHistory), named: name, places: places, environment: environment,
            companion: companion)
    }

    /// The console on a recording.
    convenience init(replaying reader: SliceReader, named name: SafeText, environment: [String: String]) throws {
        try self.init(.recording(reader), named: name, places: [], environment: environment, companion: nil)
    }

    private init(
        _ origin: Origin, named name: SafeText, places: [SafeText], environment: [String: String], companion: Int32?
    ) throws {
        self.origin = origin
        self.companion = companion
        self.environment = environment
        signals = try SignalPipe()
        do {
            terminal = try CursesTerminal(environment: environment)
            terminal.apply(theme: .standard)
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
        let now = UnixTime.now
        lastTick = now.wholeSecond
        model = ConsoleModel(
            fleetName: name, fleetPlaces: places, user: Self.user(environment), size: terminal.size,
            capabilities: terminal.capabilities, now: now)
        draw()
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
        var link = try connected()
        defer { link.close() }
        model.keepsHistory = link.isKept
        for effect in begin(&model) { perform(effect, &link) }
        while ending == nil {
            turn(&link)
            draw()
        }
        terminal.close()
        tellOfWhatGoesOn()
        return ending ?? .quit
    }

    private func connected() throws -> ConsoleLink {
        do {
            switch origin {
            case .fleet(let source, let keepsHistory): return try ConsoleLink(source, try history(keepsHistory))
            case .recording(let reader): return ConsoleLink(time: try TimeDesk(replaying: reader))
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.failed, "the link to the fleet cannot be made: \(error)")
        }
    }

    /// - Returns: nil where there is no place for it; then the console does without.
    private func history(_ isKept: Bool) throws -> TimeDesk? {
        guard isKept, let path = HistoryFile.path(environment: environment) else { return nil }
        return try TimeDesk(historyAt: path, fleet: model.fleetName)
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
    private func turn(_ link: inout ConsoleLink) {
        var polled = descriptors(link).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let ready = poll(&polled, nfds_t(polled.count), millisecondsToTick())
        if ready > 0 {
            if polled[1].revents != 0 { for signal in signals.takeSignals() { handle(signal, &link) } }
            if polled[0].revents != 0 { for event in terminal.readEvents() { update(.terminal(event), &link) } }
            if polled[2].revents != 0 { hearFleet(&link) }
            if polled[3].revents != 0 { update(.acts(link.acts?.takeNews() ?? []), &link) }
            if polled[4].revents != 0 { hearAnswers(&link) }
            if polled[5].revents != 0 { ending = .companionLost }
            if polled[6].revents != 0 { for news in link.time?.takeNews() ?? [] { update(.travel(news), &link) } }
            if polled[7].revents != 0 { hearRecording(&link) }
        }
        tickIfDue(&link)
    }

    private func descriptors(_ link: ConsoleLink) -> [Int32] {
        [
            terminal.inputDescriptor, signals.readEnd, link.fleet?.readinessDescriptor ?? -1,
            link.acts?.readinessDescriptor ?? -1, link.queries?.readinessDescriptor ?? -1, companion ?? -1,
            link.time?.readinessDescriptor ?? -1, link.recording?.readinessDescriptor ?? -1,
        ]
    }

    private func hearFleet(_ link: inout ConsoleLink) {
        let events = link.fleet?.takeEvents() ?? []
        link.writeDown(.events(events, .now))
        update(.fleet(events), &link)
    }

    private func hearAnswers(_ link: inout ConsoleLink) {
        let answers = link.queries?.takeAnswers() ?? []
        link.writeDown(.answers(answers, .now))
        update(.answers(answers), &link)
    }

    private func tickIfDue(_ link: inout ConsoleLink) {
        let now = UnixTime.now
        guard now.wholeSecond != lastTick else { return }
        lastTick = now.wholeSecond
        link.writeDown(.tick(now))
        update(.tick(now), &link)
    }

    /// Until the next second's samples should long have come.
    private func millisecondsToTick() -> Int32 {
        let due = UnixTime(microseconds: (lastTick + 1) * 1_000_000).advanced(by: Self.tickGrace)
        return Int32(clamping: max(0, UnixTime.now.duration(to: due).wholeMilliseconds + 1))
    }

    private func update(_ event: ConsoleEvent, _ link: inout ConsoleLink) {
        for effect in model.update(event) { perform(effect, &link) }
    }

    private func perform(_ effect: ConsoleEffect, _ link: inout ConsoleLink) {
        switch effect {
        case .begin(let request, let id): link.acts?.begin(request, as: id)
        case .ask(let question, let worker): link.fleet?.ask(question, of: worker)
        case .fetch(let query, let workers): link.queries?.ask(query, of: workers)
        case .redraw: terminal.redraw()
        case .export(let export): update(ExportFile.write(export, environment: environment), &link)
        case .travel(let order): link.time?.perform(order)
        case .record(let path): record(to: path, &link)
        case .stopRecording: link.recording?.end()
        // The colleagues' parts are wired when they are there.
        case .copy, .mouse, .theme, .speak, .save: break
        case .quit: ending = .quit
        }
    }

    private func handle(_ signal: Int32, _ link: inout ConsoleLink) {
        switch signal {
        case SIGWINCH: update(.terminal(terminal.handleResize()), &link)
        case SIGTSTP: stop()
        case SIGCONT: terminal.redraw()
        default: ending = .quit
        }
    }

    /// Gives the terminal to the shell until it continues this process.
    private func stop() {
        terminal.suspend()
        kill(getpid(), SIGSTOP)
        terminal.resume()
    }
}

// MARK: - Recording

extension ConsoleRunner {
    private func record(to path: String, _ link: inout ConsoleLink) {
        do {
            link.recording = try RecordingDesk(path: ExportFile.expanded(path, environment), fleet: model.fleetName)
        } catch {
            update(.recording(.failed(SafeText(String(describing: error)))), &link)
        }
    }

    private func hearRecording(_ link: inout ConsoleLink) {
        for news in link.recording?.takeNews() ?? [] {
            switch news {
            case .wrote(let size, _): update(.recording(.wrote(size)), &link)
            case .ended(let size, _):
                link.recording = nil
                update(.recording(.wrote(size)), &link)
                update(.recording(.ended), &link)
            case .failed(let failure):
                link.recording = nil
                update(.recording(.failed(SafeText(failure.description))), &link)
            }
        }
    }
}

extension UnixTime {
    fileprivate var wholeSecond: Int64 { microseconds / 1_000_000 }
}
