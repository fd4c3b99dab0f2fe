import FleetModel

/// What the page of one worker says.
enum WorkerPageWords {
    static var gone: SafeText {
        say("This worker is not in the fleet any more.", "Este worker ya no está en la flota.")
    }
    static func heard(_ age: SafeText) -> SafeText { say("last heard \(age) ago", "último dato hace \(age)") }

    static var findings: SafeText { say("FINDINGS", "OBSERVACIONES") }
    static var identity: SafeText { say("WORKER", "WORKER") }
    static var state: SafeText { say("state", "estado") }
    static var uptime: SafeText { say("up for", "activo hace") }
    static func since(_ age: SafeText, _ time: SafeText) -> SafeText {
        say("\(age), since \(time) UTC", "\(age), desde \(time) UTC")
    }
    static var version: SafeText { say("version", "versión") }
    static var node: SafeText { say("node", "nodo") }
    static var process: SafeText { "pid" }

    static var holds: SafeText { say("HOLDS", "TIENE") }
    static var connections: SafeText { say("connections", "conexiones") }
    static var share: SafeText { say("of the fleet", "de la flota") }
    static var rooms: SafeText { say("rooms", "salas") }
    static var roles: SafeText { say("roles", "roles") }

    static var traffic: SafeText { say("TRAFFIC", "TRÁFICO") }
    static var messagesIn: SafeText { say("messages in", "mensajes entrantes") }
    static var messagesOut: SafeText { say("messages out", "mensajes salientes") }
    static var lastMinute: SafeText { say("last minute", "último minuto") }
    static var connects: SafeText { say("connects", "altas") }
    static func connects(_ rate: SafeText, reconnects: SafeText) -> SafeText {
        say("\(rate)/s, \(reconnects)/s of them again", "\(rate)/s, \(reconnects)/s reconexiones")
    }
    static var closes: SafeText { say("closes", "cierres") }
    static func closes(_ rate: SafeText, planned: SafeText) -> SafeText {
        say("\(rate)/s, \(planned)/s of them planned", "\(rate)/s, \(planned)/s planificados")
    }
    static var churn: SafeText { "churn" }
    static func churn(_ unplanned: SafeText, planned: SafeText) -> SafeText {
        say("\(unplanned)/min, and \(planned)/min planned", "\(unplanned)/min, y \(planned)/min planificado")
    }

    static var latency: SafeText { say("LATENCY, LAST 10 S", "LATENCIA, ÚLTIMOS 10 S") }
    static var messages: SafeText { say("messages", "mensajes") }
    static var queues: SafeText { say("WAITS FOR CLIENTS", "ESPERA POR CLIENTES") }
    static var bytes: SafeText { say("bytes", "bytes") }

    static var resources: SafeText { say("PROCESS", "PROCESO") }
    static var cpu: SafeText { say("CPU, of a core", "CPU, de un núcleo") }
    static var memory: SafeText { say("memory", "memoria") }
    static var descriptors: SafeText { say("descriptors", "descriptores") }
    static var lag: SafeText { say("loop lag", "retraso del loop") }

    static var redis: SafeText { say("REDIS AND RESILIENCE", "REDIS Y RESILIENCIA") }
    static var primary: SafeText { say("primary", "primario") }
    static var roundTrip: SafeText { say("round trip", "ida y vuelta") }
    static var echo: SafeText { say("echo, age", "eco, edad") }
    static func breaker(_ name: SafeText) -> SafeText { "breaker \(name)" }
    static func breaker(_ state: BreakerState, for age: SafeText) -> SafeText {
        switch state {
        case .closed: say("closed for \(age)", "cerrado hace \(age)")
        case .halfOpen: say("half open for \(age)", "semiabierto hace \(age)")
        case .open: say("OPEN for \(age)", "ABIERTO hace \(age)")
        }
    }
    static func failures(_ count: SafeText) -> SafeText { say("\(count) failures", "\(count) fallas") }
    static func held(by who: SafeText) -> SafeText { say("held by \(who)", "fijado por \(who)") }
    static var degraded: SafeText { say("degraded", "degradado") }
    static var storm: SafeText { say("storm", "tormenta") }
    static func storm(_ rate: SafeText, usual: SafeText) -> SafeText {
        say("\(rate)/s connects, usually \(usual)/s", "\(rate)/s altas, lo usual \(usual)/s")
    }

    static var drops: SafeText { say("DROPPED SINCE ITS START", "DESCARTADOS DESDE SU INICIO") }
    static func dropped(_ count: SafeText, _ reason: SafeText, _ rate: SafeText?) -> SafeText {
        guard let rate else { return "\(count)  \(reason)" }
        return say("\(count)  \(reason), now \(rate)/s", "\(count)  \(reason), ahora \(rate)/s")
    }
    static func reason(_ reason: DropReason) -> SafeText {
        switch reason {
        case .queueFull: say("client's queue full", "cola del cliente llena")
        case .coalesced: say("coalesced", "reemplazado por otro más nuevo")
        case .workerFull: say("worker's queues full", "colas del worker llenas")
        case .intakeFull: say("more than it can deliver", "más de lo que puede entregar")
        case .rate: say("over the class's rate", "sobre la tasa de la clase")
        case .degraded: say("degraded", "degradado")
        case .throttled: say("throttled", "limitado")
        }
    }

    static var closesByCode: SafeText { say("CLOSES SINCE ITS START", "CIERRES DESDE SU INICIO") }
    static var planned: SafeText { say("planned of all", "planificados") }
    static var errors: SafeText { say("ERRORS SINCE ITS START", "ERRORES DESDE SU INICIO") }
    static var refused: SafeText { say("refused", "rechazadas") }
    static var authFailures: SafeText { say("bad tokens", "tokens inválidos") }
    static var protocolErrors: SafeText { say("protocol", "protocolo") }
    static var silentClients: SafeText { say("no heartbeat", "sin latido") }
    static var sendErrors: SafeText { say("failed sends", "envíos fallidos") }
    static var failedResumes: SafeText { say("failed resumes", "reanudac. fallidas") }
    static var repaired: SafeText { say("repaired messages", "mensajes reparados") }

    static var drain: SafeText { say("DRAIN", "DRENAJE") }
    static var shed: SafeText { say("GIVES CONNECTIONS AWAY", "CEDE CONEXIONES") }
    static var phase: SafeText { say("step", "paso") }
    static func left(_ phase: SafeText, _ count: SafeText) -> SafeText {
        say("\(phase), \(count) left", "\(phase), quedan \(count)")
    }
    static func told(_ count: SafeText, of all: SafeText) -> SafeText {
        say("\(count) of \(all) told to leave", "\(count) de \(all) avisadas")
    }
    static var by: SafeText { say("by", "por") }
    static var deadline: SafeText { say("until", "hasta") }
    static var reason: SafeText { say("reason", "motivo") }
    static var operation: SafeText { say("operation", "operación") }
}
