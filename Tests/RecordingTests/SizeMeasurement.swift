import AdminAPI
import FleetModel
import Foundation
import Testing

@testable import Recording

/// Says what a recording takes; asserts nothing. Run with GADTOP_MEASURE=1.
@Suite("The size of a recording", .enabled(if: ProcessInfo.processInfo.environment["GADTOP_MEASURE"] != nil))
struct SizeMeasurement {
    @Test("is measured", arguments: [4, 80, 960])
    func measure(workers: Int) throws {
        let folder = try TemporaryFolder()
        var fleet = ExampleFleet(workers: workers)
        let seconds = workers > 100 ? 60 : 600
        let records = fleet.records(seconds: seconds)
        let clock = ContinuousClock()
        let writing = try clock.measure { try RecordingWriter.write(records, to: folder.file) }
        var count = 0
        let reading = try clock.measure { try RecordingReader.replay(folder.file) { _ in count += 1 } }
        let bytes = try folder.bytes().count
        let plain = records.suffix(workers).reduce(0) { sum, record in
            guard case .event(.sample(let sample)) = record.content else { return sum }
            return sum + SampleCodec.frame(sample.value).count
        }
        print(
            "\(workers) workers: \(bytes / records.count) bytes a sample (compact form: \(plain / workers)),",
            "\(Double(bytes) / Double(seconds) * 3_600 / 1e6) MB an hour,",
            "\(writing / records.count) to write and \(reading / records.count / 2) to read one")
    }
}
