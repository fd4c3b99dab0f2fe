import AdminAPI
import FleetModel
import Recording

/// What is to be written down, and when it came.
enum ScribeEntry: Sendable {
    case events([FleetEvent], UnixTime)
    case answers([FleetAnswer], UnixTime)
    /// A second has passed: what is due is written.
    case tick(UnixTime)
}

/// Writes into a recording; belongs to one task, which may wait for the disk.
final class Scribe {
    private var writer: RecordingWriter
    private(set) var samples = 0

    init(path: String, fleet: SafeText, policy: RecordingPolicy) throws(RecordingFailure) {
        writer = try RecordingWriter(path: path, fleet: fleet.text, policy: policy, at: .now)
    }

    var written: ByteCount { writer.written }

    func write(_ entry: ScribeEntry) throws(RecordingFailure) {
        switch entry {
        case .events(let events, let time):
            for event in events { try write(event, at: time) }
        case .answers(let answers, let time):
            for answer in answers { try write(answer, at: time) }
        case .tick(let time): try writer.tick(at: time)
        }
    }

    /// Everything is in the file afterwards.
    func flush() throws(RecordingFailure) { try writer.flush(at: .now) }

    private func write(_ event: FleetEvent, at time: UnixTime) throws(RecordingFailure) {
        if case .sample = event { samples += 1 }
        try writer.append(event, at: time)
    }

    private func write(_ answer: FleetAnswer, at time: UnixTime) throws(RecordingFailure) {
        // One that has no form in JSON is no worker's; the rest is recorded without it.
        guard let recorded = try? RecordedAnswer(answer) else { return }
        try writer.append(recorded, at: time)
    }
}
