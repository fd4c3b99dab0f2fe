import FleetModel

/// How hard pressed a worker is: what its degradation is decided by.
package struct Pressure: Sendable, Equatable {
    /// The fuller of two: the queues of all clients, and what arrived and waits for its turn, as parts of their bounds.
    package var queueShare: Double
    /// The worst delay of an event loop since the reading before.
    package var loopLag: Duration
    /// How long the message that waits longest for its turn has waited.
    package var intakeDelay: Duration

    package init(queueShare: Double, loopLag: Duration, intakeDelay: Duration) {
        self.queueShare = queueShare
        self.loopLag = loopLag
        self.intakeDelay = intakeDelay
    }
}

extension DataPlane {
    /// Reads the pressure; the measured lag begins anew, apart from that of `snapshot`.
    package func pressure() async -> Pressure {
        let queues = (services?.policy ?? configuration.policy).queues
        let parts = await onEachShard { $0.pressure() }
        let intake = parts.reduce(0) { $0 + $1.intakeBytes }
        return Pressure(
            queueShare: max(Self.share(load.bytes, of: queues.workerBytes), Self.share(intake, of: queues.intakeBytes)),
            loopLag: parts.map(\.lag).max() ?? .zero, intakeDelay: parts.map(\.intakeDelay).max() ?? .zero)
    }

    private static func share(_ bytes: Int, of bound: ByteCount) -> Double {
        Double(bytes) / Double(max(1, bound.bytes))
    }
}
