import AdminAPI
import FleetModel

/// What the blocks of a group have told so far; the next one builds on it.
struct GroupDecoder: Sendable {
    fileprivate var texts: [String] = []
    fileprivate var textBytes = 0
    fileprivate var history = SampleHistory()

    fileprivate mutating func learn(_ reader: inout ByteReader) throws(ByteReader.Malformed) {
        textBytes += reader.remaining
        guard texts.count < RecordingLimits.maximumGroupTexts, textBytes <= RecordingLimits.maximumGroupTextBytes
        else { throw ByteReader.Malformed() }
        texts.append(try reader.text(reader.remaining))
    }

    fileprivate func text(at place: UInt64) throws(ByteReader.Malformed) -> String {
        guard place < UInt64(texts.count) else { throw ByteReader.Malformed() }
        return texts[Int(place)]
    }
}

/// Reads one block record by record, so that no more than one of them is ever unfolded.
struct BlockDecoder: Sendable {
    enum Item: Sendable {
        case record(Record)
        case standing(Standing)
        /// A record that makes no sense in a block that does.
        case unreadable
    }

    private var reader: ByteReader
    private var previous = UnixTime(microseconds: 0)
    private var words = 0

    init(_ body: [UInt8]) {
        reader = ByteReader(body)
    }

    /// - Returns: nil at the end of the block.
    /// - Throws: where the rest of the block, and of its group, cannot be read.
    mutating func next(_ group: inout GroupDecoder) throws(ByteReader.Malformed) -> Item? {
        while !reader.isAtEnd {
            let kind = RecordKind(rawValue: try reader.number())
            var payload = try reader.part(try reader.count(atMost: RecordingLimits.maximumRecordBytes))
            switch kind {
            // Of a newer minor version.
            case nil: continue
            case .text: try group.learn(&payload)
            case .standing: return .standing(try standing(&payload, group))
            case .sample: return try sample(&payload, &group)
            case .appeared, .vanished, .lost, .lookup, .control, .answer, .began:
                return try record(kind, &payload, group)
            }
        }
        return nil
    }

    private mutating func record(
        _ kind: RecordKind?, _ payload: inout ByteReader, _ group: GroupDecoder
    ) throws(ByteReader.Malformed) -> Item {
        let time = try time(&payload)
        guard let content = try content(kind, &payload, group) else { return .unreadable }
        return .record(Record(time: time, content: content))
    }

    /// - Returns: nil for what is not readable although its block is.
    private func content(
        _ kind: RecordKind?, _ payload: inout ByteReader, _ group: GroupDecoder
    ) throws(ByteReader.Malformed) -> Record.Content? {
        switch kind {
        case .began: .began
        case .appeared: .event(.appeared(try worker(&payload, group)))
        case .vanished: .event(.vanished(try worker(&payload, group)))
        case .lost: .event(.lost(try worker(&payload, group), reason: try text(&payload, group)))
        case .lookup: .event(.lookup(failure: try optional(&payload, group)))
        case .control: try control(&payload, group).map { .event(.control($0)) }
        case .answer: .answer(try answer(&payload, group))
        case .text, .sample, .standing, nil: nil
        }
    }

    private mutating func time(_ payload: inout ByteReader) throws(ByteReader.Malformed) -> UnixTime {
        previous.microseconds &+= try payload.signed()
        guard RecordingLimits.times.contains(previous) else { throw ByteReader.Malformed() }
        return previous
    }

    private func text(_ payload: inout ByteReader, _ group: GroupDecoder) throws(ByteReader.Malformed) -> String {
        try group.text(at: try payload.number())
    }

    private func worker(_ payload: inout ByteReader, _ group: GroupDecoder) throws(ByteReader.Malformed) -> WorkerID {
        WorkerID(try text(&payload, group))
    }

    private func optional(_ payload: inout ByteReader, _ group: GroupDecoder) throws(ByteReader.Malformed) -> String? {
        let place = try payload.number()
        return place == 0 ? nil : try group.text(at: place - 1)
    }

    private mutating func sample(
        _ payload: inout ByteReader, _ group: inout GroupDecoder
    ) throws(ByteReader.Malformed) -> Item {
        let time = try time(&payload)
        let worker = try payload.number()
        let row = try WordDelta.read(since: group.history.base(of: worker), from: &payload)
        group.history.keep(row, of: worker)
        words += row.count
        guard words <= RecordingLimits.maximumBlockWords, worker < UInt64(group.texts.count),
            group.history.wordCount <= RecordingLimits.maximumGroupWords
        else { throw ByteReader.Malformed() }
        do {
            let sample = try SampleWords.sample(from: row, texts: group.texts)
            return .record(Record(time: time, .sample(SharedSample(sample))))
        } catch {
            // Figures that no worker can have; the cursor notes it.
            return .unreadable
        }
    }

    private func control(
        _ payload: inout ByteReader, _ group: GroupDecoder
    ) throws(ByteReader.Malformed) -> ControlReport? {
        let rest = try text(&payload, group)
        let count = try payload.count(atMost: payload.remaining)
        var operations: [String] = []
        var size = rest.utf8.count
        while operations.count + 1 < count {
            let operation = try text(&payload, group)
            // A few bytes can name a large text again and again.
            size += operation.utf8.count
            guard size <= RecordingLimits.maximumReportBytes else { throw ByteReader.Malformed() }
            operations.append(operation)
        }
        do {
            var report = try AdminJSON.decode(ControlReport.self, from: Array(rest.utf8))
            if count > 0 {
                report.operations = try operations.map {
                    try AdminJSON.decode(OperationRecord.self, from: Array($0.utf8))
                }
            }
            return report
        } catch {
            // JSON of something else; the cursor notes it.
            return nil
        }
    }

    private func answer(
        _ payload: inout ByteReader, _ group: GroupDecoder
    ) throws(ByteReader.Malformed) -> RecordedAnswer {
        RecordedAnswer(
            worker: try worker(&payload, group), kind: try text(&payload, group),
            json: Array(try text(&payload, group).utf8))
    }

    private func standing(
        _ payload: inout ByteReader, _ group: GroupDecoder
    ) throws(ByteReader.Malformed) -> Standing {
        let lookup = try optional(&payload, group)
        var workers: [WorkerID: String?] = [:]
        for _ in 0..<(try payload.count(atMost: RecordingLimits.maximumStanding)) {
            let worker = try worker(&payload, group)
            workers.updateValue(try optional(&payload, group), forKey: worker)
        }
        return Standing(workers: workers, lookupFailure: lookup)
    }
}
