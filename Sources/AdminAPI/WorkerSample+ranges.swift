import FleetModel

extension WorkerSample {
    /// Checks what a worker said of itself, so that whoever adds up samples of a whole fleet need not.
    /// - Throws: `SampleCodec.Failure.outOfRange` for figures that no worker can have.
    func checkRanges() throws {
        var checker = RangeChecker()
        var copy = self
        try copy.transcode(&checker)
        var closed: UInt64 = closes.count > SampleCodec.maximumCloseCodes ? .max : closedTotal
        try checker.code(&closed)
        var latencies = latency.count
        try checker.code(&latencies)
        var urgent = (latencyByClass?.critical.count ?? 0, latencyByClass?.important.count ?? 0)
        try checker.code(&urgent.0)
        try checker.code(&urgent.1)
    }
}

/// Goes through the fields of a sample and refuses those that are out of their range.
private struct RangeChecker: FieldCoder {
    mutating func code(word value: inout UInt64) {}
    mutating func code(_ value: inout String) {}

    /// Negative numbers come here as very large ones.
    mutating func code(_ value: inout UInt64) throws {
        guard value <= SampleCodec.maximumCount else { throw SampleCodec.Failure.outOfRange }
    }

    mutating func code(_ value: inout Double) throws {
        guard abs(value) <= Double(SampleCodec.maximumCount) else { throw SampleCodec.Failure.outOfRange }
    }

    mutating func code(_ value: inout UnixTime) throws {
        guard (0...SampleCodec.maximumTime).contains(value.microseconds) else { throw SampleCodec.Failure.outOfRange }
    }
}

extension SampleCodec {
    /// Nine years of a million a second, or of microseconds; thousands of workers with as much can be added up.
    static let maximumCount: UInt64 = 1 << 48
    /// In the year 2255.
    static let maximumTime: Int64 = 1 << 53
    /// Far more than RFC 6455 and gateways have.
    static let maximumCloseCodes = 1_024
}
