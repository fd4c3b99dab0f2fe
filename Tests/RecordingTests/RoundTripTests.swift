import AdminAPI
import FleetModel
import Testing

@testable import Recording

@Suite("A recording")
struct RoundTripTests {
    @Test("gives back what was recorded, in order")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        var fleet = ExampleFleet(workers: 3)
        let records = fleet.records(seconds: 100)
        try RecordingWriter.write(records, to: folder.file)
        var heard: [Record] = []
        let skips = try RecordingReader.replay(folder.file) { heard.append($0) }
        #expect(heard.first?.content == .began)
        #expect(Array(heard.dropFirst()) == records)
        #expect(skips.isEmpty)
    }
}
