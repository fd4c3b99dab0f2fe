import FleetModel

/// What the pages are called, as their crumbs and rules say it.
enum PageWords {
    static func name(_ page: PageKind) -> SafeText {
        switch page {
        case .fleet: say("fleet", "flota")
        case .rooms: say("rooms", "salas")
        case .latency: say("latency", "latencia")
        case .churn: "churn"
        case .breakers: "breakers"
        case .redis: "redis"
        case .connections: say("connections", "conexiones")
        case .operations: say("operations", "operaciones")
        case .audit: say("audit", "auditoría")
        case .events: say("events", "eventos")
        case .throttles: "throttles"
        case .help: say("help", "ayuda")
        case .alerts: say("alerts", "alertas")
        case .runbooks: "runbooks"
        case .worker: "worker"
        }
    }

    static var reserved: SafeText {
        say("This page comes with a later version.", "Esta página llega con una versión posterior.")
    }
    static var workers: SafeText { "workers" }
    static var underWay: SafeText { say("under way", "en curso") }
}
