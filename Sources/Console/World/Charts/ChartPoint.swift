import FleetModel

/// A fleet's figures over one stretch of time, as sums of what was found at each tick in it.
struct ChartPoint: ChartMoment {
    let time: UnixTime
    private var ticks: Float = 1
    private var connections: Float
    private var connects: Float
    private var reconnects: Float
    private var planned: Float
    private var unplanned: Float
    private var messagesIn: Float
    private var messagesOut: Float
    /// The most workers at a time to which clients came in a storm.
    private(set) var storms: Int

    /// Clients of workers that fell silent are still counted: nobody has seen them leave.
    init(_ totals: FleetTotals, at time: UnixTime) {
        self.time = time
        connections = Float(totals.connections + totals.unheardConnections)
        connects = Float(totals.rates.connectsPerSecond)
        reconnects = Float(totals.rates.reconnectsPerSecond)
        planned = Float(totals.rates.plannedClosesPerSecond)
        unplanned = Float(max(0, totals.rates.closesPerSecond - totals.rates.plannedClosesPerSecond))
        messagesIn = Float(totals.rates.messagesInPerSecond)
        messagesOut = Float(totals.rates.messagesOutPerSecond)
        storms = totals.storms
    }

    mutating func merge(_ other: ChartPoint) {
        ticks += other.ticks
        connections += other.connections
        connects += other.connects
        reconnects += other.reconnects
        planned += other.planned
        unplanned += other.unplanned
        messagesIn += other.messagesIn
        messagesOut += other.messagesOut
        storms = max(storms, other.storms)
    }

    /// The mean over the stretch.
    func value(of chart: FleetChart) -> Double { Double(sum(of: chart) / ticks) }

    private func sum(of chart: FleetChart) -> Float {
        switch chart {
        case .connections: connections
        case .connects: connects
        case .reconnects: reconnects
        case .planned: planned
        case .unplanned: unplanned
        case .messagesIn: messagesIn
        case .messagesOut: messagesOut
        }
    }
}

/// A figure of the fleet that is followed over time.
enum FleetChart: CaseIterable, Sendable {
    case unplanned, connects, reconnects, planned, connections, messagesOut, messagesIn

    var name: SafeText { ChartWords.name(self) }

    func text(_ value: Double) -> SafeText {
        self == .connections ? Figures.grouped(Figures.whole(value)) : Figures.rate(value) + "/s"
    }
}
