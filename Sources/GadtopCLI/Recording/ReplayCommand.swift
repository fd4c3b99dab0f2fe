import ArgumentParser
import Console
import FleetModel
import FoundationEssentials
import Recording

/// `gadtop replay`: the console on a recording.
struct ReplayCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Open the console on a recording.",
        discussion: """
            Every page works as it did then; nothing can be done. t and T step forward and back, b jumps to a time, \
            z lets the time run or stops it, + and - change its speed, r goes to the begin. Times are in UTC.

            Examples:
              gadtop replay night.gadrec
              gadtop replay night.gadrec --at 03:15
              gadtop replay night.gadrec --at "2026-03-01 21:04:30" --speed 8
            """)

    @Argument(help: ArgumentHelp("The recording.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Where to begin: 03:15, 2026-03-01 21:04, or +5m from its begin.", valueName: "time"))
    var at: String?

    @Option(help: ArgumentHelp("Let the time run so fast: 1/4, 1/2, 1, 2, up to 64.", valueName: "factor"))
    var speed: String?

    func execute() async throws {
        let reader = try opened()
        guard let span = reader.span else {
            throw CommandFailure(.failed, "\(SafeText(file)) is a recording, but nothing is recorded in it yet")
        }
        let start = try at.map { try time($0, in: span) }
        let speed = try speed.map(pace)
        let runner = try ConsoleRunner(
            replaying: reader, named: SafeText(reader.fleet.isEmpty ? file : reader.fleet),
            environment: ProcessInfo.processInfo.environment)
        try runner.replay(at: start, speed: speed)
    }

    private func opened() throws -> SliceReader {
        do throws(RecordingFailure) {
            return try SliceReader(path: file)
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
    }

    private func time(_ text: String, in span: ClosedRange<UnixTime>) throws -> UnixTime {
        guard let time = TimePoint.time(text, from: span.lowerBound, in: span) else {
            throw CommandFailure(
                .wrongUsage, "--at \(SafeText(text)) is no time; give 03:15, 03:15:30, 2026-03-01 21:04 or +5m")
        }
        guard span.contains(time) else {
            throw CommandFailure(
                .wrongUsage,
                "\(SafeText(file)) is of \(span.lowerBound) to \(span.upperBound); \(time) is not within. "
                    + "Give another --at.")
        }
        return time
    }

    private func pace(_ text: String) throws -> PlaybackSpeed {
        let found = PlaybackSpeed.all.first { $0.label == text || "x\($0.label)" == text }
        guard let found else {
            let known = PlaybackSpeed.all.map(\.label).joined(separator: ", ")
            throw CommandFailure(.wrongUsage, "--speed \(SafeText(text)) is none; give one of \(known)")
        }
        return found
    }
}
