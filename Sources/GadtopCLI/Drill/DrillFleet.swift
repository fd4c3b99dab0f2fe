import AdminAPI
import AdminClient
import ControlPlane
import FleetModel

/// A fleet that is drilled: beside its workers' samples, their probes and their Redis are looked at, and the primary's
/// process is at hand where the drill may reach it.
final class DrillFleet: OperatedFleet {
    private let inner: any OperatedFleet
    private let client: AdminClient
    private let endpoints: [AdminEndpoint]
    /// nil for a drill that touches no process.
    private let process: ProcessStop?
    private let keeper: ReportKeeper

    /// Workers asked about Redis: they all see the same, and each question goes to every Sentinel.
    private static let redisTellers = 2
    /// A worker that hangs must not delay each look at the others.
    private static let lookTimeout: Duration = .seconds(2)

    init(
        _ inner: any OperatedFleet, client: AdminClient, endpoints: [AdminEndpoint], process: ProcessStop?,
        keeper: ReportKeeper
    ) {
        self.inner = inner
        self.client = client
        self.endpoints = endpoints
        self.process = process
        self.keeper = keeper
    }

    func snapshot(counting rooms: RoomPattern?) async -> Fleet { await inner.snapshot(counting: rooms) }

    /// Probes are named after the operation.
    func order(_ command: WorkerCommand, to worker: WorkerID, for operation: OperationRecord) async throws(AdminError) {
        guard case .probe(var order) = command else {
            return try await inner.order(command, to: worker, for: operation)
        }
        order.drill = operation.id
        try await inner.order(.probe(order), to: worker, for: operation)
    }

    func evidence(for operation: OperationRecord) async -> DrillEvidence? {
        let now = UnixTime.now
        async let probes = client.ask(endpoints) { (client, endpoint) throws(AdminFailure) in
            try await client.value(
                of: ProbeReport.self, from: AdminRequest(endpoint, .get, .probe, timeout: Self.lookTimeout))
        }
        async let redis = client.ask(Array(endpoints.prefix(Self.redisTellers))) {
            (client, endpoint) throws(AdminFailure) in
            try await client.value(
                of: RedisReport.self, from: AdminRequest(endpoint, .get, .redis, timeout: Self.lookTimeout))
        }
        return DrillEvidence(
            at: now, probes: await probes.compactMap { try? $0.1.get() }.filter { $0.drill == operation.id },
            redis: await redis.compactMap { try? $0.1.get() }, process: process?.standing)
    }

    func perform(_ act: DrillAct, for operation: OperationRecord) async {
        switch act {
        case .stopPrimary: process?.stop()
        case .continuePrimary: process?.goOn(at: .now)
        case .keep(let report): keeper.keep(report, of: operation)
        }
    }
}
