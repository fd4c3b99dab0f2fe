import FleetModel

/// What the page of latencies says.
enum LatencyWords {
    static func title(_ column: PercentileColumn) -> SafeText {
        switch column {
        case .name: say("OF", "DE")
        case .p50: "P50ms"
        case .p90: "P90ms"
        case .p95: "P95ms"
        case .p99: "P99ms"
        case .p999: "P99.9ms"
        case .maximum: say("MAXms", "MÁXms")
        case .count: say("MESSAGES", "MENSAJES")
        case .late: say("LATE", "TARDE")
        }
    }

    static var fleet: SafeText { say("fleet", "flota") }
    static func criticality(_ criticality: Criticality) -> SafeText {
        switch criticality {
        case .critical: say("critical", "críticos")
        case .important: say("important", "importantes")
        case .bestEffort: say("best effort", "mejor esfuerzo")
        }
    }
    static func window(_ subject: SafeText) -> SafeText { say("last 10 s, \(subject)", "últimos 10 s, \(subject)") }
    static var overTime: SafeText { say("all workers over time", "todos los workers en el tiempo") }
    static var percentiles: SafeText { say("percentiles, last 10 s", "percentiles, últimos 10 s") }
    static func limit(_ limit: SafeText) -> SafeText { say("limit \(limit)", "límite \(limit)") }
    static var nothing: SafeText { say("no message in this time", "ningún mensaje en este tiempo") }
    static var untold: SafeText {
        say("the workers do not tell classes apart", "los workers no distinguen clases")
    }
    static func at(_ count: SafeText, _ p50: SafeText, _ p95: SafeText, _ p99: SafeText) -> SafeText {
        say(
            "\(count) messages, p50 \(p50), p95 \(p95), p99 \(p99)",
            "\(count) mensajes, p50 \(p50), p95 \(p95), p99 \(p99)")
    }
    static func late(_ part: SafeText, over limit: SafeText) -> SafeText {
        say("\(part) over \(limit)", "\(part) sobre \(limit)")
    }
}
