import Console
import FleetModel
import Foundation
import Recording
import Terminal

/// A console on a recording in a file, whose orders are carried out at once.
struct ScriptedReplay {
    var model: ConsoleModel
    private var replayer: Replayer
    private var limit = UnixTime(microseconds: 0)
    private(set) var now = ScriptedWorker.epoch.advanced(by: .seconds(90_000))
    /// Slices that were read since the console began.
    private(set) var slices = 0

    init(_ records: [Record], columns: Int = 120, rows: Int = 40, unicode: Bool = true, at time: UnixTime? = nil) throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gadtop-replay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "recording").path
        try RecordingWriter.write(records, to: file)
        replayer = Replayer(try RecordingReader(path: file))
        model = ConsoleModel(
            fleetName: "prod-bsas", user: "mperez", size: Size(columns: columns, rows: rows),
            capabilities: TerminalCapabilities(colors: .twoHundredFiftySix, unicode: unicode), now: now)
        perform(model.replay(at: time, speed: .normal, isPlaying: false))
    }

    mutating func press(_ keys: Key...) {
        for key in keys { perform(model.update(.terminal(.key(key)))) }
    }

    mutating func type(_ text: String) {
        for character in text { press(.character(character)) }
    }

    /// Seconds by the clock on the wall.
    mutating func run(seconds: Int) {
        for _ in 0..<seconds {
            now = now.advanced(by: .seconds(1))
            perform(model.update(.tick(now)))
        }
    }

    var lines: [String] { model.view().textLines }
    var text: String { lines.joined(separator: "\n") }
    /// What the page shows, without the header's clock and the line of keys.
    var page: [String] { Array(lines[1..<(lines.count - 1)]) }
    var position: UnixTime? { model.past?.travel?.playbackPosition }

    private mutating func perform(_ effects: [ConsoleEffect]) {
        var waiting = effects
        while !waiting.isEmpty {
            guard case .travel(let order) = waiting.removeFirst() else { continue }
            waiting += model.update(.travel(answer(order)))
        }
    }

    private mutating func answer(_ order: TravelOrder) -> TravelNews {
        switch order {
        case .survey: return .span(replayer.reader.span)
        case .readOn: break
        case .read(let feed):
            replayer.begin(feed)
            switch feed {
            case .nothing: break
            case .forward(let limit), .rewind(_, let limit): self.limit = limit
            }
        }
        slices += 1
        let records = replayer.read(through: limit, atMost: TravelSlice.maximumRecords)
        return .slice(
            TravelSlice(
                records: records, isLast: records.count < TravelSlice.maximumRecords, span: replayer.reader.span))
    }
}
