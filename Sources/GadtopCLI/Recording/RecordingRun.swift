import Console
import FleetModel
import Glibc
import Recording

/// The main loop of a recording without a screen: hears the fleet, asks what pages would show, tells how it goes.
@MainActor
final class RecordingRun {
    private let fleet: FleetConnection
    private let queries: QueryDesk
    private let desk: RecordingDesk
    private let signals: SignalPipe
    private let file: SafeText
    private let began = UnixTime.now
    private let end: UnixTime?
    private var recorder = Recorder(at: .now)
    private var lastTick = UnixTime.now.wholeSecond
    private var written = (size: ByteCount.zero, samples: 0)
    private var isEnding = false
    private var isTold = false

    /// The link's samples come just after the second; a tick that has not come by then is made up for.
    private static let tickGrace: Duration = .milliseconds(400)
    /// On a terminal the line is written anew each second; into a file or a journal, a line each minute.
    private static let logInterval: Int64 = 60

    init(_ source: FleetSource, to desk: RecordingDesk, file: String, limit: Duration?) throws {
        signals = try SignalPipe()
        self.desk = desk
        self.file = SafeText(file)
        end = limit.map { UnixTime.now.advanced(by: $0) }
        do {
            fleet = try FleetConnection(source)
            queries = try QueryDesk(source)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.failed, "the link to the fleet cannot be made: \(error)")
        }
    }

    /// Runs until a signal or the limit ends it.
    /// - Throws: `CommandFailure` when it cannot be recorded.
    func run() async throws {
        defer {
            queries.close()
            fleet.close()
        }
        while !isEnding { try turn() }
        await desk.close()
        for news in desk.takeNews() { try hear(news) }
        tell(end: "\n")
        if desk.dropped > 0 {
            Print.error("gadtop: the disk was too slow for \(desk.dropped) batches of samples; they are missing")
        }
    }

    private func turn() throws {
        let descriptors = [
            signals.readEnd, fleet.readinessDescriptor, queries.readinessDescriptor, desk.readinessDescriptor,
        ]
        var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let ready = poll(&polled, nfds_t(polled.count), millisecondsToTick())
        let now = UnixTime.now
        if ready > 0 {
            if polled[0].revents != 0 { signals.takeSignals().forEach(handle) }
            if polled[1].revents != 0 { hearFleet(at: now) }
            if polled[2].revents != 0 { hearAnswers(at: now) }
            if polled[3].revents != 0 { for news in desk.takeNews() { try hear(news) } }
        }
        tickIfDue(now)
    }

    private func hearFleet(at now: UnixTime) {
        let events = fleet.takeEvents()
        desk.put(.events(events, now))
        recorder.observe(events)
    }

    private func hearAnswers(at now: UnixTime) {
        let answers = queries.takeAnswers()
        desk.put(.answers(answers, now))
        recorder.hear(answers)
    }

    private func tickIfDue(_ now: UnixTime) {
        guard now.wholeSecond != lastTick else { return }
        lastTick = now.wholeSecond
        desk.put(.tick(now))
        recorder.tick(now).forEach(perform)
        if let end, now >= end { isEnding = true }
        tellProgress()
    }

    private func perform(_ effect: ConsoleEffect) {
        switch effect {
        case .ask(let question, let worker): fleet.ask(question, of: worker)
        case .fetch(let query, let workers): queries.ask(query, of: workers)
        // A recorder only asks.
        default: break
        }
    }

    private func hear(_ news: RecordingDesk.News) throws {
        switch news {
        case .wrote(let size, let samples), .ended(let size, let samples): written = (size, samples)
        case .failed(let failure): throw CommandFailure(.failed, "\(failure)")
        }
    }

    private func handle(_ signal: Int32) {
        switch signal {
        case SIGINT, SIGTERM, SIGHUP: isEnding = true
        case SIGTSTP: kill(getpid(), SIGSTOP)
        default: break
        }
    }

    private func millisecondsToTick() -> Int32 {
        let due = UnixTime(microseconds: (lastTick + 1) * 1_000_000).advanced(by: Self.tickGrace)
        return Int32(clamping: max(0, UnixTime.now.duration(to: due).wholeMilliseconds + 1))
    }
}

// MARK: - What it tells on stderr

extension RecordingRun {
    private func tellProgress() {
        if isatty(STDERR_FILENO) == 1 {
            tell(end: "\r")
        } else if lastTick % Self.logInterval == 0 || !isTold {
            tell(end: "\n")
        }
        isTold = true
    }

    private func tell(end: String) {
        let line = RecordWords.progress(
            file, Figures.span(began.duration(to: .now)), workers: recorder.workers, samples: written.samples,
            Figures.bytes(written.size))
        let text = (isatty(STDERR_FILENO) == 1 ? "\u{1B}[K" : "") + line.text + end
        let bytes = Array(text.utf8)
        // Progress that nobody reads is no reason to end.
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}

extension UnixTime {
    fileprivate var wholeSecond: Int64 { microseconds / 1_000_000 }
}
