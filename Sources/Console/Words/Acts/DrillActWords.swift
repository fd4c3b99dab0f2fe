import FleetModel

/// The form of a failover drill, and where its report went.
enum DrillActWords {
    static var title: SafeText { say("Failover drill", "Simulacro de failover") }
    static var begins: SafeText { say("begins the drill", "empieza el simulacro") }
    static var act: SafeText { say("failover drill", "simulacro de failover") }
    static var badRate: SafeText {
        say("Probes are 1 to 100 a second", "Las sondas son de 1 a 100 por segundo")
    }
    static func report(_ path: SafeText) -> SafeText { say("report: \(path)", "informe: \(path)") }
    static func reportSaved(_ path: SafeText) -> SafeText {
        say("the drill's report is in \(path)", "el informe del simulacro está en \(path)")
    }
}
