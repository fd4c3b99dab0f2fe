import AdminAPI
import FleetModel

/// What a drill of a failover will do, with everything that was looked at before.
package struct FailoverDrillPlan: Sendable {
    package let options: DrillOptions
    /// What the Sentinels call the primary.
    package let master: SafeText
    /// `host:port` of the primary that is to be replaced; empty where it is not known.
    package let primary: String
    /// How many replicas there are.
    package let replicas: Int
    /// Whose probes are measured.
    package let workers: [WorkerID]
    /// Everything that was checked, in order.
    package let preflight: [DrillFinding]
    /// Drills of the fleet before this one.
    package let history: DrillHistory?
    package let operation: OperationPlan

    package init(in situation: DrillSituation) {
        options = situation.options
        master = SafeText(situation.report?.master ?? "")
        primary = situation.primary?.address ?? ""
        replicas = situation.report?.replicas.count ?? 0
        workers = situation.workers
        preflight = DrillCheck.allCases.map { $0.finding(in: situation) }
        history = situation.report?.drills
        operation = OperationPlan(
            .failoverDrill, on: situation.workers,
            [
                "mode": options.mode.rawValue, "master": situation.report?.master ?? "", "primary": primary,
                "max_recovery_seconds": "\(options.maxRecovery.inSeconds)",
                "baseline_seconds": "\(options.baseline.inSeconds)", "hold_seconds": "\(options.hold.inSeconds)",
                "probe_rate_per_second": "\(options.probeRate)",
            ], in: situation.fleet)
    }

    /// As another leader finds it in the record of its operation; what was looked at before is not in there.
    package init(of operation: OperationPlan) {
        options = DrillOptions(mode: operation.parameters["mode"].flatMap { DrillMode(rawValue: $0) } ?? .graceful)
        master = SafeText(operation.parameters["master"] ?? "")
        primary = operation.parameters["primary"] ?? ""
        replicas = 0
        workers = operation.targets
        preflight = []
        history = nil
        self.operation = operation
    }

    /// What will come of it, one sentence a line.
    package var consequences: [SafeText] {
        let seconds = Figures.whole((options.baseline + options.hold).inSeconds)
        let (count, most) = (workers.count, Figures.wait(options.maxRecovery))
        return [
            trigger,
            say(
                "Until they have moved, \(count) workers serve their own clients only: seconds, as a rule.",
                "Hasta mudarse, \(count) workers atienden solo a sus clientes: por lo general, segundos."),
            say(
                "Critical messages wait in their streams; what goes over Pub/Sub meanwhile is lost.",
                "Los mensajes críticos esperan en sus streams; lo que pasa por Pub/Sub se pierde."),
            say(
                "Probes measure \(seconds) s before and after; it fails after \(most).",
                "Las sondas miden \(seconds) s antes y después; falla pasados \(most)."),
        ]
    }

    /// What the operator types to say that this Redis, and not another, is meant.
    package var confirmation: SafeText? { master.isEmpty ? say("drill", "simulacro") : master }

    private var trigger: SafeText {
        let server = SafeText(primary)
        return switch options.mode {
        case .graceful:
            say(
                "The Sentinels of \(master) promote a replica in the place of \(server).",
                "Los Sentinels de \(master) promueven una réplica en lugar de \(server).")
        case .crash:
            say(
                "The primary \(server) of \(master) is stopped until the Sentinels have promoted a replica.",
                "El primario \(server) de \(master) se detiene hasta que los Sentinels promuevan una réplica.")
        }
    }
}
