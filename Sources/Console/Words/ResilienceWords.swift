import FleetModel

/// The words for what a worker does to hold out: degradation, breakers, drops.
enum ResilienceWords {
    /// What is left undone; empty at `normal`.
    static func level(_ level: DegradationLevel) -> SafeText {
        switch level {
        case .normal: ""
        case .samplingBestEffort: say("samples best effort", "muestrea lo prescindible")
        case .sheddingBestEffort: say("sheds best effort", "descarta lo prescindible")
        case .sheddingImportant: say("sheds important", "descarta lo importante")
        }
    }

    /// The level in the place of the state "active", in as many columns; capitals where users are hurt.
    static func state(_ level: DegradationLevel) -> SafeText {
        switch level {
        case .normal: say("degraded", "degrad.")
        case .samplingBestEffort: say("sampling", "muestrea")
        case .sheddingBestEffort: say("shedding", "descarta")
        case .sheddingImportant: say("SHEDDING", "DESCARTA")
        }
    }

    /// Few letters for a column; capitals for what hurts.
    static func state(_ state: BreakerState) -> SafeText {
        switch state {
        case .closed: "ok"
        case .halfOpen: say("half", "med.")
        case .open: say("OPEN", "ABRE")
        }
    }

    static func phrase(_ state: BreakerState) -> SafeText {
        switch state {
        case .closed: say("closed", "cerrado")
        case .halfOpen: say("half open", "a prueba")
        case .open: say("open", "abierto")
        }
    }

    /// "stream breaker", "publish, stream breakers".
    static func breakers(_ reports: [BreakerReport]) -> SafeText {
        let names = names(reports)
        return reports.count == 1
            ? say("\(names) breaker", "breaker \(names)") : say("\(names) breakers", "breakers \(names)")
    }

    static func names(_ reports: [BreakerReport]) -> SafeText {
        SafeText(reports.map(\.name.rawValue).joined(separator: ", "))
    }

    static func criticality(_ criticality: Criticality) -> SafeText {
        switch criticality {
        case .critical: say("critical", "crítica")
        case .important: say("important", "importante")
        case .bestEffort: say("best effort", "prescindible")
        }
    }

    static func reason(_ reason: DropReason) -> SafeText {
        switch reason {
        case .queueFull: say("client's queue full", "cola del cliente llena")
        case .coalesced: say("coalesced", "reemplazada por otra")
        case .workerFull: say("worker's queues full", "colas del worker llenas")
        case .intakeFull: say("more than it can deliver", "más de lo que puede entregar")
        case .rate: say("over the class's rate", "sobre la tasa de su clase")
        case .degraded: say("degraded", "degradado")
        case .throttled: say("throttled", "limitada")
        }
    }
}

// MARK: - What the events tell

extension ResilienceWords {
    static func degraded(_ words: SafeText) -> SafeText { say("degraded: \(words)", "degradado: \(words)") }
    static var recovered: SafeText { say("recovered, not degraded any more", "recuperado, ya no está degradado") }
    static func changed(isWorse: Bool, _ words: SafeText) -> SafeText {
        isWorse
            ? say("degraded further: \(words)", "más degradado: \(words)")
            : say("less degraded: \(words)", "menos degradado: \(words)")
    }
    static func closed(_ names: SafeText) -> SafeText { say("\(names) closed", "se cerró: \(names)") }
    static func halfOpen(_ names: SafeText) -> SafeText {
        say("\(names) half open, one trial call decides", "a prueba: \(names); una llamada decide")
    }
    static func open(_ names: SafeText, _ reason: SafeText) -> SafeText {
        say("\(names) open, calls are refused\(reason)", "se abrió: \(names); se rechazan llamadas\(reason)")
    }
    static func primary(_ after: SafeText, was before: SafeText) -> SafeText {
        say("Redis primary is \(after), was \(before)", "el primario de Redis es \(after), era \(before)")
    }
    static func storm(_ rate: SafeText, usual: SafeText) -> SafeText {
        say("connect storm, \(rate)/s, usually \(usual)/s", "tormenta de conexiones, \(rate)/s, lo usual es \(usual)/s")
    }
    static func stormOver(_ span: SafeText) -> SafeText {
        say("connect storm over after \(span)", "la tormenta de conexiones terminó tras \(span)")
    }
    static func drops(_ rate: SafeText) -> SafeText { say("drops messages, \(rate)/s", "pierde mensajes, \(rate)/s") }
    static func dropsEnded(_ count: SafeText) -> SafeText {
        say("drops ended, \(count) since its start", "ya no pierde mensajes; \(count) desde que arrancó")
    }
}
