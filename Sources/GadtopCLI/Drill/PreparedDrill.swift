import AdminAPI
import AdminClient
import ControlPlane
import FleetModel

/// A drill whose plan was made from a look at everything, with what it needs beyond any other operation.
struct PreparedDrill: Sendable {
    let fleet: ConnectedFleet
    let plan: FailoverDrillPlan
    let keeper: ReportKeeper
    /// That a drill by crash stops; whatever becomes of the operation, `end` has it go on.
    private let process: ProcessStop?

    /// Beyond what the recovery may take, the process does not wait for anybody.
    private static let processGrace: Duration = .seconds(30)
    /// The one that runs is among the latest.
    private static let recordsLookedAt = 20

    /// - Throws: `CommandFailure` where nobody can be asked.
    init(_ options: DrillOptions, in fleet: ConnectedFleet, keeper: ReportKeeper) async throws {
        let situation = try await Self.situation(of: fleet, options)
        self.fleet = fleet
        self.keeper = keeper
        plan = FailoverDrillPlan(in: situation)
        process =
            switch (options.mode, situation.reach) {
            case (.crash, .process(let id)):
                ProcessStop(process: id, bound: options.maxRecovery + Self.processGrace)
            case (.crash, .outOfReach), (.crash, .unseen), (.graceful, _): nil
            }
    }

    /// What the operation looks at and does beyond samples and orders.
    var looks: GuidedOperation.Looks {
        let answering = fleet.snapshot.endpoints.filter { plan.workers.contains($0.worker) }
        return { [client = fleet.client, process, keeper] inner in
            DrillFleet(inner, client: client, endpoints: answering, process: process, keeper: keeper)
        }
    }

    func end() { process?.goOn(at: .now) }

    /// Everything that the checks look at.
    private static func situation(of fleet: ConnectedFleet, _ options: DrillOptions) async throws -> DrillSituation {
        let live = fleet.snapshot.endpoints.filter { fleet.fleet.workers[$0.worker]?.isStale == false }
        let redis: RedisReport
        let records: [OperationRecord]
        let safety: SafetyState
        do {
            redis = try await fleet.client.redis(of: live)
            records = try await fleet.desk.operations(limit: recordsLookedAt)
            safety = try await fleet.desk.safety()
        } catch let failure as AdminFailure {
            throw CommandFailure(failure.failure.asAdminError)
        } catch let error as AdminError {
            throw CommandFailure(error)
        }
        let now = UnixTime.now
        return DrillSituation(
            fleet: fleet.fleet, redis: [redis], running: records.first { $0.isUnderWay(at: now) }, safety: safety,
            options: options,
            reach: options.mode == .crash ? LocalPrimary.reach(of: redis.primary) : .outOfReach("not asked"), now: now)
    }
}

extension OperationRecord {
    /// A disruptive one that somebody leads.
    fileprivate func isUnderWay(at now: UnixTime) -> Bool {
        plan.kind.isDisruptive && outcome == nil && leaseEndsAt.map { $0 > now } ?? false
    }
}
