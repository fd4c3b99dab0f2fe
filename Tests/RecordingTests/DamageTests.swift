import AdminAPI
import FleetModel
import Foundation
import Glibc
import Testing

@testable import Recording

@Suite("A recording that is damaged")
struct DamageTests {
    private let folder: TemporaryFolder
    private let records: [Record]
    private let whole: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        records = Self.fewOfEach()
        let policy = RecordingPolicy(groupSpan: .seconds(5))
        var writer = try RecordingWriter(path: folder.file, fleet: "gad", policy: policy, at: .at(0)) { 42 }
        for record in records { try writer.append(record.content, at: record.time) }
        try writer.flush(at: .at(40))
        whole = try folder.bytes()
    }

    /// A second apart, small enough to damage each byte in turn.
    private static func fewOfEach() -> [Record] {
        let worker = WorkerID("gw-w1")
        var sample = WorkerSample(
            worker: worker, node: "gw", version: "1", pid: 1, time: .at(0), startedAt: .at(-9))
        let first = SharedSample(sample)
        sample.messagesOut.critical = 7
        let events: [FleetEvent] = [
            .appeared(worker), .sample(first), .sample(SharedSample(sample)), .control(ControlReport(worker: worker)),
            .lookup(failure: "no Redis"), .lost(worker, reason: "refused"), .sample(SharedSample(sample)),
            .appeared(WorkerID("gw-w2")), .vanished(worker), .lookup(failure: nil),
        ]
        let answer = RecordedAnswer(worker: worker, kind: "rooms", json: Array("{}".utf8))
        let contents = events.map(Record.Content.event) + [.answer(answer)]
        return contents.enumerated().map { Record(time: .at(Double($0.offset)), content: $0.element) }
    }

    @Test("is readable up to its last whole block, wherever it ends")
    func truncation() throws {
        let reader = try RecordingReader(path: folder.file)
        let ends = reader.segments[0].index.blocks.map { (Int($0.end), $0.header.last) }
        let firstBlock = Int(reader.segments[0].index.blocks[0].start)
        for end in 0..<whole.count {
            try folder.write(whole[..<end])
            guard end >= firstBlock else {
                #expect(throws: RecordingFailure.self) { try RecordingReader(path: folder.file) }
                continue
            }
            let last = ends.last { $0.0 <= end }?.1
            let cut = try RecordingReader(path: folder.file)
            #expect(cut.span?.upperBound == last)
            let heard = Array(cut.records(from: .at(0), through: .at(99))).filter { $0.content != .began }
            #expect((heard == records.filter { record in last.map { record.time <= $0 } ?? false }) as Bool)
        }
    }

    @Test("is cut to its last whole block by whoever goes on with it")
    func continuedAfterCrash() throws {
        for end in stride(from: whole.count - 1, to: 200, by: -97) {
            try folder.write(whole[..<end])
            let before = try RecordingReader(path: folder.file)
            var writer = try RecordingWriter(path: folder.file, fleet: "gad", at: .at(100))
            #expect(writer.cut == before.segments[0].index.torn)
            try writer.append(.lookup(failure: "after"), at: .at(100))
            try writer.flush(at: .at(100))
            let after = try RecordingReader(path: folder.file)
            #expect(after.check().isEmpty)
            #expect(after.span?.upperBound == .at(100))
        }
    }

    @Test("notices each single byte that is wrong, and reads on behind it")
    func corruption() throws {
        for position in whole.indices {
            var damaged = whole
            damaged[position] ^= 0x41
            try folder.write(damaged)
            do throws(RecordingFailure) {
                let reader = try RecordingReader(path: folder.file)
                var stored = reader.records(from: .at(-1), through: .at(99))
                var heard: [Record] = []
                while let record = stored.next() { heard.append(record) }
                #expect(!reader.skips.isEmpty || !stored.skips.isEmpty, "byte \(position)")
                let known = Set([.at(-1)] + records.map(\.time))
                #expect(heard.allSatisfy { known.contains($0.time) })
            } catch {
                #expect(position < 45, "\(error) for byte \(position)")
            }
        }
    }

    @Test("is read without a crash whatever random bytes are in it", arguments: 0..<40 as Range<UInt64>)
    func noise(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let header = 45
        let random = (0..<4_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try folder.write(whole[..<header] + random + whole[header...])
        // Either way is fine; a crash is not.
        _ = try? RecordingReader(path: folder.file).check()
        try folder.write(random)
        #expect(throws: RecordingFailure.notARecording(path: folder.file)) { try RecordingReader(path: folder.file) }
    }

    @Test("with 10 MB of zeros at its end is what it was before")
    func zeros() throws {
        try folder.write(whole + [UInt8](repeating: 0, count: 10_000_000))
        let reader = try RecordingReader(path: folder.file)
        #expect(reader.skips.noted.map(\.reason) == [.torn])
        #expect(reader.span?.upperBound == records.last?.time)
    }

    @Test("is not believed whatever its records claim, although all its checksums are right")
    func claims() throws {
        var generator = SeededGenerator(seed: 9)
        let enormous: [UInt8] = Array(repeating: 0xff, count: 9) + [0x01]
        let texts: [UInt8] = [1, 1, 0x61]
        let bodies: [[UInt8]] = [
            [2] + enormous, enormous + enormous, [1] + enormous, texts + [2, 12, 0, 0] + enormous,
            texts + [2, 13, 0, 0] + [0x80, 0x80, 0x01] + enormous, [9, 11, 0] + enormous, [7, 3, 0, 0, 0],
            texts + [7, 12, 0, 0] + enormous, [3, 2, 0, 9], [4, 1, 0], [2, 0], [77, 3, 1, 2, 3],
        ]
        for body in bodies + (0..<2_000).map({ _ in RandomBody.make(&generator) }) {
            var decoder = BlockDecoder(body)
            var group = GroupDecoder()
            do {
                while try decoder.next(&group) != nil {}
            } catch {
                continue
            }
        }
    }

    /// A file of one block whose checksums are right.
    private func write(block body: [UInt8], first: UnixTime = .at(0), last: UnixTime = .at(1)) throws {
        let file = FileHeader(created: .at(0), salt: 42, segment: 1, fleet: "gad")
        let block = BlockHeader(startsGroup: true, sequence: 0, body: body, first: first, last: last)
        try folder.write(file.bytes + block.bytes(salt: 42) + body)
    }

    @Test("tells of a block that makes no sense although its checksums are right")
    func senseless() throws {
        try write(block: [3, 2, 0, 9])
        #expect(try RecordingReader(path: folder.file).check().noted.map(\.reason) == [.undecodable])
    }

    @Test(
        "has no times between which arithmetic overflows",
        arguments: [(.min, .max), (-1, 1), (0, .max), (0, 1 << 53 + 1)] as [(Int64, Int64)])
    func times(first: Int64, last: Int64) throws {
        try write(
            block: [10, 1, 0], first: UnixTime(microseconds: first), last: UnixTime(microseconds: last))
        #expect(try RecordingReader(path: folder.file).span == nil)
        var record = ByteWriter()
        record.signed(last)
        try write(block: [10, UInt8(record.bytes.count)] + record.bytes)
        let reader = try RecordingReader(path: folder.file)
        for record in reader.records(from: .at(0), through: .at(1)) {
            #expect(RecordingLimits.times.contains(record.time))
        }
    }

    @Test("does not unfold to more than its reader holds by naming one large text again and again")
    func unfolding() throws {
        let json = Array(#"{"worker":"a","x":"\#(String(repeating: "x", count: 9_000))"}"#.utf8)
        var text = ByteWriter()
        text.number(1)
        text.number(UInt64(json.count))
        var report = ByteWriter()
        report.signed(0)
        report.number(0)
        report.number(1_001)
        report.raw([UInt8](repeating: 0, count: 1_000))
        var body = ByteWriter()
        body.raw(text.bytes + json)
        body.number(7)
        body.number(UInt64(report.bytes.count))
        body.raw(report.bytes)
        var (decoder, group) = (BlockDecoder(body.bytes), GroupDecoder())
        #expect(throws: ByteReader.Malformed.self) { _ = try decoder.next(&group) }
    }

    @Test("by a newer gadtop is refused, its unknown records of a newer minor version are passed over")
    func newer() throws {
        var newer = whole
        newer[FileHeader.magic.count] = FileHeader.major + 1
        try folder.write(newer)
        let failure = RecordingFailure.newerFormat(path: folder.file, major: 2)
        #expect(throws: failure) { try RecordingReader(path: folder.file) }
        #expect(throws: failure) { _ = try RecordingWriter(path: folder.file, fleet: "gad", at: .at(0)) }
        var group = GroupDecoder()
        var decoder = BlockDecoder([99, 2, 7, 7, 1, 1, 0x61, 3, 2, 0, 0])
        guard case .record(let record)? = try decoder.next(&group) else {
            Issue.record("the known record behind an unknown one was not read")
            return
        }
        #expect(record.content == .event(.appeared(WorkerID("a"))))
    }

    @Test("is never made of something else")
    func others() throws {
        try folder.write(Array("#!/bin/sh\n".utf8))
        #expect(throws: RecordingFailure.notARecording(path: folder.file)) {
            _ = try RecordingWriter(path: folder.file, fleet: "gad", at: .at(0))
        }
        #expect(try folder.bytes() == Array("#!/bin/sh\n".utf8))
        let link = folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.file)
        #expect(throws: RecordingFailure.system("open", path: link, code: ELOOP)) {
            _ = try RecordingWriter(path: link, fleet: "gad", at: .at(0))
        }
    }

    @Test("is written by one at a time")
    func locked() throws {
        let writer = try RecordingWriter(path: folder.file, fleet: "gad", at: .at(50))
        #expect(throws: RecordingFailure.inUse(path: folder.file)) {
            _ = try RecordingWriter(path: folder.file, fleet: "gad", at: .at(50))
        }
        #expect(writer.refused == 0)
    }
}

/// A block body of records of known kinds with random contents.
private enum RandomBody {
    static func make(_ generator: inout SeededGenerator) -> [UInt8] {
        (0..<20).flatMap { _ -> [UInt8] in
            let payload = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator) >> UInt8.random(in: 0...7, using: &generator)
            }
            return [UInt8.random(in: 1...11, using: &generator), UInt8(payload.count)] + payload
        }
    }
}
