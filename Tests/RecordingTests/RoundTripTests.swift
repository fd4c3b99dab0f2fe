import AdminAPI
import FleetModel
import Testing

@testable import Recording

@Suite("A recording")
struct RoundTripTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("gives back the samples of a fleet, in order")
    func samples() throws {
        var fleet = ExampleFleet(workers: 3)
        let records = fleet.records(seconds: 100)
        try RecordingWriter.write(records, to: folder.file)
        let (heard, skips) = try replayed()
        #expect(heard.first?.content == .began)
        #expect((Array(heard.dropFirst()) == records) as Bool)
        #expect(skips.isEmpty)
    }

    @Test("gives back whatever happened", arguments: 0..<6 as Range<UInt64>)
    func anything(seed: UInt64) throws {
        var random = RandomRecords(seed: seed)
        let records = random.next(150)
        try RecordingWriter.write(records, to: folder.file)
        let reader = try RecordingReader(path: folder.file)
        let span = try #require(reader.span)
        var cursor = reader.cursor(from: UnixTime(microseconds: 0))
        var heard: [Record] = []
        while let record = cursor.next(through: span.upperBound, in: reader) { heard.append(record) }
        #expect((Array(heard.dropFirst()) == records) as Bool)
        #expect(cursor.skips.isEmpty)
    }

    @Test("is for its owner alone")
    func mode() throws {
        try RecordingWriter.write([Record(time: .at(0), .lookup(failure: nil))], to: folder.file)
        #expect(try folder.mode() == 0o600)
    }

    @Test("continues after the end of what was recorded before, and says that it began anew")
    func continued() throws {
        let (first, second) = (
            Record(time: .at(0), .appeared(WorkerID("a"))), Record(time: .at(9), .appeared(WorkerID("b")))
        )
        try RecordingWriter.write([first], to: folder.file)
        try RecordingWriter.write([second], to: folder.file)
        let (heard, _) = try replayed()
        let began = [0, 9].map { Record(time: .at($0), content: .began) }
        #expect(heard == [began[0], first, began[1], second])
    }

    @Test("tells whoever begins in the middle who was known, who was not heard, and what failed")
    func standing() throws {
        let (gone, lost, known) = (WorkerID("a"), WorkerID("b"), WorkerID("c"))
        let events: [FleetEvent] = [
            .appeared(gone), .appeared(lost), .appeared(known), .vanished(gone), .lost(lost, reason: "refused"),
            .lookup(failure: "no Redis"),
        ]
        let early = events.enumerated().map { Record(time: .at(Double($0.offset)), $0.element) }
        let late = Record(time: .at(500), .appeared(gone))
        try RecordingWriter.write(early + [late], to: folder.file)
        let reader = try RecordingReader(path: folder.file)
        let heard = Array(reader.records(from: .at(400), through: .at(600)))
        let told: [FleetEvent] = [
            .appeared(lost), .appeared(known), .lost(lost, reason: "refused"), .lookup(failure: "no Redis"),
        ]
        #expect(heard == told.map { Record(time: .at(400), $0) } + [late])
    }

    @Test("can be read while it is written")
    func twin() throws {
        var fleet = ExampleFleet(workers: 2)
        let records = fleet.records(seconds: 60)
        var writer = try RecordingWriter(path: folder.file, fleet: "gad", policy: .small, at: .at(0))
        var reader = try RecordingReader(path: folder.file)
        #expect(reader.span == nil)
        var cursor = reader.cursor(from: .at(0))
        var heard: [Record] = []
        for record in records {
            try writer.append(record.content, at: record.time)
            try reader.refresh()
            while let next = cursor.next(through: .at(1e6), in: reader) { heard.append(next) }
        }
        try writer.flush(at: .at(61))
        try reader.refresh()
        while let next = cursor.next(through: .at(1e6), in: reader) { heard.append(next) }
        #expect((Array(heard.dropFirst()) == records) as Bool)
        #expect(reader.fleet == "gad")
        #expect(try folder.names.count > 1, "it went over several files")
    }

    @Test("keeps to its size and lets the oldest go")
    func size() throws {
        var fleet = ExampleFleet(workers: 4)
        var writer = try RecordingWriter(path: folder.file, fleet: "gad", policy: .small, at: .at(0))
        let records = fleet.records(seconds: 200)
        for record in records { try writer.append(record.content, at: record.time) }
        try writer.flush(at: .at(200))
        let total = try folder.names.reduce(0) { try $0 + folder.bytes($1).count }
        #expect(total <= RecordingPolicy.small.size.bytes)
        let (heard, skips) = try replayed()
        #expect(skips.isEmpty)
        #expect((Array(heard.suffix(100)) == Array(records.suffix(100))) as Bool)
        #expect(heard.count < records.count)
    }

    @Test("lets go what is too old")
    func age() throws {
        let policy = RecordingPolicy(age: .seconds(80))
        var writer = try RecordingWriter(path: folder.file, fleet: "gad", policy: policy, at: .at(0))
        for second in 0..<300 { try writer.append(.lookup(failure: "\(second)"), at: .at(Double(second))) }
        try writer.flush(at: .at(300))
        let span = try #require(try RecordingReader(path: folder.file).span)
        #expect(span.lowerBound > .at(190))
        #expect(span.lowerBound < .at(220))
    }

    @Test("counts what is too large for it, and goes on")
    func refused() throws {
        var writer = try RecordingWriter(path: folder.file, fleet: "gad", at: .at(0))
        let huge = RecordedAnswer(
            worker: WorkerID("a"), kind: "rooms",
            json: Array(repeating: 0x20, count: RecordingLimits.maximumRecordBytes))
        try writer.append(.appeared(WorkerID("a")), at: .at(0))
        try writer.append(huge, at: .at(1))
        try writer.append(.appeared(WorkerID("b")), at: .at(2))
        try writer.flush(at: .at(2))
        #expect(writer.refused == 1)
        let (heard, skips) = try replayed()
        #expect(heard.dropFirst().map(\.content) == ["a", "b"].map { .event(.appeared(WorkerID($0))) })
        #expect(skips.isEmpty)
    }

    private func replayed() throws -> ([Record], Skips) {
        var heard: [Record] = []
        let skips = try RecordingReader.replay(folder.file) { heard.append($0) }
        return (heard, skips)
    }
}

extension RecordingPolicy {
    /// So small that a test fills it.
    static let small = RecordingPolicy(size: .kibibytes(128), blockSize: .kibibytes(2), groupSpan: .seconds(5))
}
