/// The latencies of the classes that matter most, beside the histogram of all of them.
///
/// Best effort is what remains of the whole: nearly all messages are, and would else be counted, sent and kept twice.
package struct LatencyByClass: Sendable, Equatable, Codable {
    package var critical: LatencyHistogram
    package var important: LatencyHistogram

    package init(critical: LatencyHistogram = LatencyHistogram(), important: LatencyHistogram = LatencyHistogram()) {
        self.critical = critical
        self.important = important
    }

    /// - Parameter whole: the histogram that these are a part of.
    package func histogram(of criticality: Criticality, whole: LatencyHistogram) -> LatencyHistogram {
        switch criticality {
        case .critical: critical
        case .important: important
        case .bestEffort: whole.since(critical).since(important)
        }
    }
}
