import AdminAPI
import FleetModel
import NIOCore
import Telemetry

/// Makes a worker's samples, once for all who read them.
package actor SampleSource {
    /// One sample, with the figures that a sample leaves out.
    package struct Reading: Sendable {
        package let sample: WorkerSample
        package let snapshot: DataPlaneSnapshot
        package let vitals: WorkerVitals
    }

    private let facts: WorkerFacts
    private let drain: DrainController
    private let shedding: @Sendable () async -> ShedStatus?
    private let snapshot: @Sendable () async -> DataPlaneSnapshot
    private let vitals: @Sendable () -> WorkerVitals
    private let process: @Sendable () -> ProcessStatistics
    private let clock: SteadyClock

    private var latest: Reading?
    private var history = SampleHistory()
    private var encodings: [SampleFormat: ByteBuffer] = [:]
    private var isMaking = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(
        facts: WorkerFacts, drain: DrainController, clock: SteadyClock,
        shedding: @escaping @Sendable () async -> ShedStatus? = { nil },
        process: @escaping @Sendable () -> ProcessStatistics = ProcessStatistics.current,
        vitals: @escaping @Sendable () -> WorkerVitals,
        snapshot: @escaping @Sendable () async -> DataPlaneSnapshot
    ) {
        self.facts = facts
        self.drain = drain
        self.shedding = shedding
        self.clock = clock
        self.process = process
        self.snapshot = snapshot
        self.vitals = vitals
    }

    package var now: UnixTime { clock.now }

    /// Readers that ask without a moment share what is not older than this.
    private static let shareable: Duration = .milliseconds(100)

    package func recent() async -> Reading {
        await reading(notBefore: clock.now.advanced(by: .zero - Self.shareable))
    }

    /// The sample of now, and before it, once there is one, one of some seconds earlier; in the bytes of a stream.
    package func pair(_ format: SampleFormat) async throws -> ByteBuffer {
        let sample = await recent().sample
        var bytes = ByteBuffer()
        for sample in [history.earlier, sample].compactMap(\.self) {
            bytes.writeImmutableBuffer(try Self.encode(sample, format))
        }
        return bytes
    }

    /// A sample made at `moment` or later, in the bytes of a stream.
    package func encoded(_ format: SampleFormat, notBefore moment: UnixTime) async throws -> ByteBuffer {
        let sample = await reading(notBefore: moment).sample
        if let known = encodings[format], latest?.sample.time == sample.time { return known }
        let bytes = try Self.encode(sample, format)
        if latest?.sample.time == sample.time { encodings[format] = bytes }
        return bytes
    }

    private func reading(notBefore moment: UnixTime) async -> Reading {
        while true {
            if let latest, latest.sample.time >= moment { return latest }
            if isMaking {
                await withCheckedContinuation { waiting.append($0) }
            } else {
                await make()
            }
        }
    }

    private func make() async {
        isMaking = true
        let (figures, vitals) = (await snapshot(), vitals())
        let (state, status) = await (drain.state, drain.status)
        var sample = WorkerSample(
            facts, time: clock.now, snapshot: figures, vitals: vitals, state: state, drain: status,
            process: process())
        sample.shed = await shedding()
        latest = Reading(sample: sample, snapshot: figures, vitals: vitals)
        history.note(sample)
        encodings = [:]
        isMaking = false
        waiting.forEach { $0.resume() }
        waiting = []
    }

    private static func encode(_ sample: WorkerSample, _ format: SampleFormat) throws -> ByteBuffer {
        switch format {
        case .jsonLines: ByteBuffer(bytes: try AdminJSON.encode(sample) + [UInt8(ascii: "\n")])
        case .compact: ByteBuffer(bytes: SampleCodec.frame(sample))
        }
    }
}
