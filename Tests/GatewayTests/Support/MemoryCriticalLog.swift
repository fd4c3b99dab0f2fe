import FleetModel
import NIOCore
import NIOPosix
import Synchronization

@testable import Gateway

/// Stands in for the streams in Redis: its scripts' semantics, over a `MemoryBroker`.
final class MemoryCriticalLog: CriticalLog {
    struct Away: Error {}

    private struct Stream {
        var epoch: String
        var entries: [StreamEntry] = []
        var sent: [String: StreamOffset] = [:]
    }

    private struct State {
        var streams: [RoomName: Stream] = [:]
        var isAvailable = true
        var losesAnswers = false
        var withheld: [@Sendable () -> Void]?
        var reads = 0
        var next: UInt64 = 1_000
        var epochs = 0
    }

    private let broker: MemoryBroker
    private let state = Mutex(State())
    private let loop = MultiThreadedEventLoopGroup.singleton.any()

    init(_ broker: MemoryBroker) {
        self.broker = broker
    }

    /// Whether calls are answered.
    var isAvailable: Bool {
        get { state.withLock(\.isAvailable) }
        set { state.withLock { $0.isAvailable = newValue } }
    }

    /// Whether publishing works and its answer is lost.
    var losesAnswers: Bool {
        get { state.withLock(\.losesAnswers) }
        set { state.withLock { $0.losesAnswers = newValue } }
    }

    /// Whether reads are done and their answers kept back until this is set to false.
    var withholdsReads: Bool {
        get { state.withLock { $0.withheld != nil } }
        set {
            let answers = state.withLock { state in
                defer { state.withheld = newValue ? [] : nil }
                return state.withheld ?? []
            }
            for answer in answers { answer() }
        }
    }

    var reads: Int { state.withLock(\.reads) }

    /// Keeps the last entries only.
    func trim(_ room: RoomName, keeping count: Int) {
        state.withLock { state in
            let kept = state.streams[room]?.entries.suffix(count) ?? []
            state.streams[room]?.entries = Array(kept)
        }
    }

    func remove(_ room: RoomName) -> EventLoopFuture<Void> {
        lose(room)
        return loop.makeSucceededVoidFuture()
    }

    func has(_ room: RoomName) -> Bool { state.withLock { $0.streams[room] != nil } }

    func lose(_ room: RoomName) { state.withLock { $0.streams[room] = nil } }

    /// Takes the last entries back, as a failover to a replica does that never had them.
    func rollBack(_ room: RoomName, by count: Int) {
        state.withLock { state in
            guard var stream = state.streams[room] else { return }
            let gone = Set(stream.entries.suffix(count).map(\.offset))
            stream.entries.removeLast(count)
            stream.sent = stream.sent.filter { !gone.contains($0.value) }
            state.streams[room] = stream
        }
    }

    /// Publishes as a backend does.
    @discardableResult
    func publish(_ id: String, to room: RoomName, _ fields: String = #""x":1"#) -> StreamPublication {
        publish(ByteBuffer(string: ExactlyOnceTests.envelope(id, fields)), id, room)
    }

    func publish(
        _ payload: ByteBuffer, messageID: String, to room: RoomName, _: StreamPolicy
    ) -> EventLoopFuture<StreamPublication> {
        guard isAvailable else { return loop.makeFailedFuture(Away()) }
        let publication = publish(payload, messageID, room)
        return losesAnswers ? loop.makeFailedFuture(Away()) : loop.makeSucceededFuture(publication)
    }

    func positions(of rooms: [RoomName], _: StreamPolicy) -> EventLoopFuture<[StreamPosition]> {
        guard isAvailable else { return loop.makeFailedFuture(Away()) }
        return loop.makeSucceededFuture(
            state.withLock { state in
                rooms.map { room in
                    let stream = Self.stream(room, &state)
                    return StreamPosition(epoch: stream.epoch, offset: stream.entries.last?.offset ?? .zero)
                }
            })
    }

    func entries(of room: RoomName, from offset: StreamOffset, limit: Int) -> EventLoopFuture<StreamPage> {
        guard isAvailable else { return loop.makeFailedFuture(Away()) }
        let promise = loop.makePromise(of: StreamPage.self)
        state.withLock { state in
            state.reads += 1
            let stream = Self.stream(room, &state)
            let all = stream.entries.filter { $0.offset >= offset }
            let page = StreamPage(
                epoch: stream.epoch, entries: Array(all.prefix(limit)), hasMore: all.count > limit)
            if state.withheld == nil { promise.succeed(page) } else { state.withheld?.append { promise.succeed(page) } }
        }
        return promise.futureResult
    }

    private func publish(_ payload: ByteBuffer, _ id: String, _ room: RoomName) -> StreamPublication {
        // Under the lock, as the script is atomic: what is published leaves in the order of the stream.
        state.withLock { state in
            var stream = Self.stream(room, &state)
            if let offset = stream.sent[id] {
                return StreamPublication(
                    position: StreamPosition(epoch: stream.epoch, offset: offset), isDuplicate: true)
            }
            let previous = stream.entries.last?.offset
            let position = StreamPosition(epoch: stream.epoch, offset: Self.nextOffset(&state))
            stream.entries.append(StreamEntry(offset: position.offset, payload: payload))
            stream.sent[id] = position.offset
            state.streams[room] = stream
            let message = StreamMessage(position: position, previous: previous, payload: payload)
            // What is not JSON passes as it is, as with the script.
            let stamped = try? JSONObject(payload).appending("stream", json: message.stamp(of: room))
            broker.publish(stamped ?? payload, to: "gad:room:\(room)")
            return StreamPublication(position: position, isDuplicate: false)
        }
    }

    private static func stream(_ room: RoomName, _ state: inout State) -> Stream {
        if let stream = state.streams[room] { return stream }
        state.epochs += 1
        var stream = Stream(epoch: "e\(state.epochs)")
        stream.entries.append(StreamEntry(offset: nextOffset(&state), payload: nil))
        state.streams[room] = stream
        return stream
    }

    private static func nextOffset(_ state: inout State) -> StreamOffset {
        state.next += 1
        return StreamOffset(milliseconds: state.next, number: 0)
    }
}
