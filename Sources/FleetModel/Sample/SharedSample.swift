/// One sample in many hands: it is handed from thread to thread and kept in several places, and a copy of its sixty
/// fields would cost some twenty reference counts each time.
package final class SharedSample: Sendable {
    package let value: WorkerSample

    package init(_ value: consuming WorkerSample) {
        self.value = value
    }
}

extension SharedSample: Equatable {
    package static func == (left: SharedSample, right: SharedSample) -> Bool {
        left === right || left.value == right.value
    }
}
