import FleetModel

/// What a client process tells: each is one line of JSON on its standard output.
package enum ProcessReport: Sendable, Codable {
    /// Twice a second.
    case progress(ClientProgress)
    /// A part of the receipts, at the end.
    case receipts([ClientReceipts])
    /// The last line.
    case finished(ClientTally)
    /// The process could not do its work, and ends.
    case failed(String)
}

/// Where the clients of a process stand.
package struct ClientProgress: Sendable, Codable, Equatable {
    package var clients = 0
    /// With a confirmed subscription at this moment.
    package var subscribed = 0
    /// Every client has been dialled and none is on its way in.
    package var isSettled = false
    package var joins = 0
    package var failures = 0
    package var deliveries: UInt64 = 0
    /// Clients that the storm took the connection of, and those that are back.
    package var dropped = 0
    package var returned = 0
    /// Clients that read nothing any more and are still connected.
    package var stuckConnected = 0

    package mutating func add(_ other: ClientProgress) {
        clients += other.clients
        subscribed += other.subscribed
        isSettled = isSettled && other.isSettled
        joins += other.joins
        failures += other.failures
        deliveries += other.deliveries
        dropped += other.dropped
        returned += other.returned
        stuckConnected += other.stuckConnected
    }
}

/// Cuts a stream of bytes into lines.
package struct LineSplitter: Sendable {
    private var rest: [UInt8] = []

    package init() {}

    /// - Returns: the lines that these bytes end, without their newline.
    package mutating func lines(adding bytes: some Collection<UInt8>) -> [[UInt8]] {
        rest.append(contentsOf: bytes)
        guard let last = rest.lastIndex(of: newline) else { return [] }
        let lines = rest[..<last].split(separator: newline, omittingEmptySubsequences: true).map(Array.init)
        rest.removeSubrange(...last)
        return lines
    }

    private var newline: UInt8 { UInt8(ascii: "\n") }
}
