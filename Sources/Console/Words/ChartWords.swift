import FleetModel

/// What stands on and around charts.
enum ChartWords {
    static func name(_ chart: FleetChart) -> SafeText {
        switch chart {
        case .connections: say("connections", "conexiones")
        case .connects: say("connects", "altas")
        case .reconnects: say("reconnects", "reconexiones")
        case .planned: say("planned closes", "cierres planificados")
        case .unplanned: say("unplanned closes", "cierres no planificados")
        case .messagesIn: say("messages in", "mensajes entrantes")
        case .messagesOut: say("messages out", "mensajes salientes")
        }
    }

    static func ago(_ duration: Duration) -> SafeText { "-\(Figures.span(duration))" }
    static var now: SafeText { say("now", "ahora") }
    static var nothingYet: SafeText { say("nothing measured yet", "todavía sin mediciones") }
    static func latest(_ value: SafeText, most: SafeText) -> SafeText {
        say("now \(value), most \(most)", "ahora \(value), máximo \(most)")
    }
    static func column(_ step: SafeText) -> SafeText { say("a column is \(step)", "una columna son \(step)") }
    static var noPoint: SafeText { say("nothing is known of this moment", "nada se sabe de este momento") }
    static var zoom: SafeText { say("zoom", "ampliar") }
    static var zoomOut: SafeText { say("whole page", "toda la página") }
    static var cursor: SafeText { say("cursor", "cursor") }
    static var nextChart: SafeText { say("next chart", "otro gráfico") }
    static var longer: SafeText { say("longer span", "más tiempo") }

    static func mark(_ mark: ChartMark) -> SafeText {
        let more: SafeText = mark.count > 1 ? say(" and \(mark.count - 1) more", " y \(mark.count - 1) más") : ""
        return "\(word(mark.kind)) \(mark.subject)\(more)"
    }

    static func word(_ kind: ChartMark.Kind) -> SafeText {
        switch kind {
        case .storm: say("storm", "tormenta")
        case .gone: say("gone", "ausente")
        case .restart: say("restart", "reinicio")
        case .operation: say("operation", "operación")
        case .drain: say("drain", "drenaje")
        }
    }

    /// What the letters under a chart stand for.
    static var legend: SafeText {
        SafeText(ChartMark.Kind.allCases.map { "\($0.letter) \(word($0).text)" }.joined(separator: "  "))
    }
}

extension ChartWords {
    /// What keys do in a zoomed chart.
    static func label(of action: Action) -> SafeText? {
        switch action {
        case .left: cursor
        case .down: nextChart
        case .pageUp: longer
        default: nil
        }
    }
}
