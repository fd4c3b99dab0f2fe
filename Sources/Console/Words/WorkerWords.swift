import FleetModel

/// The one word for how a worker stands, in at most eight columns.
enum WorkerWords {
    static func state(_ state: WorkerState) -> SafeText {
        switch state {
        case .starting: say("starting", "arranca")
        case .active: say("active", "activo")
        case .draining: say("draining", "drenando")
        case .drained: say("drained", "drenado")
        case .stopping: say("stopping", "termina")
        }
    }
    static var waiting: SafeText { say("waiting", "espera") }
    static var stale: SafeText { say("stale", "callado") }
}
