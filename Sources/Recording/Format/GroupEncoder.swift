import AdminAPI
import FleetModel

/// Writes the records of a group: blocks of which the first stands alone and each other builds on those before it.
struct GroupEncoder {
    /// The record is larger than a recording takes, or cannot be written down.
    struct Refused: Error {}

    private var texts = TextIndex()
    private var history = SampleHistory()

    /// The group holds what a reader is ready to keep, less what one more record may add; another must start.
    var isFull: Bool {
        history.wordCount > RecordingLimits.maximumGroupWords - RecordingLimits.maximumSampleWords
            || texts.byteCount > RecordingLimits.maximumGroupTextBytes - RecordingLimits.maximumRecordBytes
            || texts.count > RecordingLimits.maximumGroupTexts - RecordingLimits.maximumSampleWords
    }

    /// - Parameter previous: the time of the record before it in the same block; zero for the first.
    /// - Returns: the bytes of the record and of the texts that it is the first to name, and the words it unfolds to.
    /// - Throws: `Refused`, after which the group must not go on.
    mutating func encode(_ record: Record, after previous: UnixTime) throws(Refused) -> (bytes: [UInt8], words: Int) {
        var payload = ByteWriter()
        payload.signed(record.time.microseconds &- previous.microseconds)
        var words = 0
        let kind = try write(record.content, &payload, &words)
        return (try framed(kind, payload), words)
    }

    mutating func encode(_ standing: Standing) throws(Refused) -> [UInt8] {
        var payload = ByteWriter()
        write(optional: standing.lookupFailure, &payload)
        payload.number(UInt64(standing.workers.count))
        for (worker, lost) in standing.workers.sorted(by: { $0.key < $1.key }) {
            payload.number(texts.place(of: worker.rawValue))
            write(optional: lost, &payload)
        }
        return try framed(.standing, payload)
    }

    private mutating func framed(_ kind: RecordKind, _ payload: ByteWriter) throws(Refused) -> [UInt8] {
        var writer = ByteWriter()
        for text in texts.takeNew() {
            guard writer.bytes.count + text.utf8.count <= RecordingLimits.maximumRecordBytes else { throw Refused() }
            frame(.text, text.utf8, &writer)
        }
        frame(kind, payload.bytes, &writer)
        guard writer.bytes.count <= RecordingLimits.maximumRecordBytes else { throw Refused() }
        return writer.bytes
    }

    private func frame(_ kind: RecordKind, _ payload: some Collection<UInt8>, _ writer: inout ByteWriter) {
        writer.number(kind.rawValue)
        writer.number(UInt64(payload.count))
        writer.raw(payload)
    }

    private mutating func write(
        _ content: Record.Content, _ payload: inout ByteWriter, _ words: inout Int
    ) throws(Refused) -> RecordKind {
        switch content {
        case .began: return .began
        case .event(.sample(let sample)):
            words = try write(sample.value, &payload)
            return .sample
        case .event(.appeared(let worker)):
            payload.number(texts.place(of: worker.rawValue))
            return .appeared
        case .event(.vanished(let worker)):
            payload.number(texts.place(of: worker.rawValue))
            return .vanished
        case .event(.lost(let worker, let reason)):
            payload.number(texts.place(of: worker.rawValue))
            payload.number(texts.place(of: reason))
            return .lost
        case .event(.lookup(let failure)):
            write(optional: failure, &payload)
            return .lookup
        case .event(.control(let report)):
            try write(report, &payload)
            return .control
        case .answer(let answer):
            payload.number(texts.place(of: answer.worker.rawValue))
            payload.number(texts.place(of: answer.kind))
            payload.number(texts.place(of: String(decoding: answer.json, as: UTF8.self)))
            return .answer
        }
    }

    private mutating func write(_ sample: WorkerSample, _ payload: inout ByteWriter) throws(Refused) -> Int {
        let words = SampleWords.words(of: sample, texts: &texts)
        guard words.count <= RecordingLimits.maximumSampleWords else { throw Refused() }
        let worker = texts.place(of: sample.worker.rawValue)
        payload.number(worker)
        WordDelta.write(words, since: history.base(of: worker), to: &payload)
        history.keep(words, of: worker)
        return words.count
    }

    /// Each operation is a text of its own: those that are over do not change, and are then written once a group.
    private mutating func write(_ report: ControlReport, _ payload: inout ByteWriter) throws(Refused) {
        var rest = report
        rest.operations = nil
        var size = 0
        payload.number(try place(ofJSON: rest, &size))
        payload.number(report.operations.map { UInt64($0.count) + 1 } ?? 0)
        for operation in report.operations ?? [] { payload.number(try place(ofJSON: operation, &size)) }
        guard size <= RecordingLimits.maximumReportBytes else { throw Refused() }
    }

    private mutating func place(ofJSON value: some Encodable, _ size: inout Int) throws(Refused) -> UInt64 {
        do {
            let json = try AdminJSON.encode(value)
            size += json.count
            return texts.place(of: String(decoding: json, as: UTF8.self))
        } catch {
            // A number that JSON has no form for; no worker can have sent it.
            throw Refused()
        }
    }

    private mutating func write(optional text: String?, _ payload: inout ByteWriter) {
        payload.number(text.map { texts.place(of: $0) + 1 } ?? 0)
    }
}
