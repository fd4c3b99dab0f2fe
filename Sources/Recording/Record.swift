import AdminAPI
import FleetModel

/// One thing that the console was told, and when it was.
package struct Record: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// Someone began to record here; what was known before it need not be true any more.
        case began
        case event(FleetEvent)
        case answer(RecordedAnswer)
    }

    /// When it was received, by the clock of the machine that records.
    package var time: UnixTime
    package var content: Content

    package init(time: UnixTime, content: Content) {
        self.time = time
        self.content = content
    }

    package init(time: UnixTime, _ event: FleetEvent) {
        self.init(time: time, content: .event(event))
    }
}

/// What a worker answered to a question that samples do not answer; opaque here: new questions need no new format.
package struct RecordedAnswer: Sendable, Equatable {
    package var worker: WorkerID
    /// Which question it answers, in the words of whoever asks: `rooms`, `connections`.
    package var kind: String
    package var json: [UInt8]

    package init(worker: WorkerID, kind: String, json: [UInt8]) {
        self.worker = worker
        self.kind = kind
        self.json = json
    }
}
