import FleetModel

/// Titles of the table of workers. The field's own abbreviations are the same in every language.
enum WorkerTableWords {
    static func title(_ column: WorkerColumn) -> SafeText {
        switch column {
        case .worker: "WORKER"
        case .context: say("CONTEXT", "CONTEXTO")
        case .state: say("STATE", "ESTADO")
        case .connections: say("CONNS", "CONEX")
        case .share: say("SHARE", "PARTE")
        case .shareBar: ""
        case .rooms: say("ROOMS", "SALAS")
        case .messagesIn: say("IN/S", "ENT/S")
        case .messagesOut: say("OUT/S", "SAL/S")
        case .p50: "P50ms"
        case .p95: "P95ms"
        case .p99: "P99ms"
        case .queue: say("QUEUE", "COLA")
        case .lag: "LAGms"
        case .churn: "CHURN"
        case .descriptors: "FDS"
        case .memory: "MEM"
        case .cpu: "CPU"
        case .breaker: "BRK"
        case .age: say("AGE", "EDAD")
        case .history: say("LAST MIN", "ULT. MIN")
        case .remark: say("REMARK", "OBSERVACIÓN")
        }
    }

    static var trouble: SafeText { say("trouble", "problemas") }
}
