import FleetModel

/// What the page of connects and closes says.
enum ChurnWords {
    static func title(_ column: CloseColumn) -> SafeText {
        switch column {
        case .code: say("CODE", "CÓDIGO")
        case .minute: say("LAST MIN", "ULT. MIN")
        case .total: "TOTAL"
        case .share: say("SHARE", "PARTE")
        case .returns: say("BACK", "VUELVE")
        case .meaning: say("MEANING", "SIGNIFICADO")
        }
    }

    static func title(_ column: CloserColumn) -> SafeText {
        switch column {
        case .worker: "WORKER"
        case .total: "TOTAL"
        case .share: say("SHARE", "PARTE")
        case .connections: say("CONNS", "CONEX")
        case .churn: "CHURN"
        case .planned: say("PLANNED", "PLANIF.")
        }
    }

    static var closes: SafeText { say("closes by code", "cierres por código") }
    static func closes(of code: UInt16) -> SafeText { say("closes with \(code)", "cierres con \(code)") }
    static func minute(_ unplanned: SafeText, planned: SafeText) -> SafeText {
        say(
            "last minute \(unplanned) unplanned, \(planned) planned",
            "último minuto \(unplanned) no planificados, \(planned) planificados")
    }
    static var noCloses: SafeText { say("No connection has been closed yet.", "Todavía no se cerró ninguna conexión.") }
    static var workers: SafeText { say("by worker", "por worker") }

    /// Whether a client does right to come back after a close with the code.
    static func returns(_ code: UInt16) -> SafeText {
        switch code {
        case 1002, 1003, 1007...1010, 3500...3999, 4500...4999: say("no", "no")
        default: say("yes", "sí")
        }
    }

    /// What a close code says: RFC 6455, 7.4.1, and the gateway's own from 3000 on (the table in WebSocket/README.md).
    static func meaning(_ code: UInt16) -> SafeText {
        switch code {
        case 1000: say("the client is done", "el cliente terminó")
        case 1001: say("the peer goes away, as a closed page", "el par se va, como una página que se cierra")
        case 1002: say("a frame broke RFC 6455", "una trama rompió RFC 6455")
        case 1003: say("binary data, where text is carried", "datos binarios, donde va texto")
        case 1005: say("a close frame without a code", "una trama de cierre sin código")
        case 1006: say("ended without a close frame", "terminó sin trama de cierre")
        case 1007: say("text that is not UTF-8", "texto que no es UTF-8")
        case 1008: say("what the client did is not allowed", "lo que hizo el cliente no está permitido")
        case 1009: say("a message too long", "un mensaje demasiado largo")
        case 1011: say("the gateway failed", "falló el gateway")
        case 1012: say("a proxy in between restarts", "un proxy intermedio se reinicia")
        case 1013: say("a proxy in between has no room", "un proxy intermedio no tiene lugar")
        case 3001: say("the worker stops or is drained", "el worker se detiene o se drena")
        case 3005: say("the token expired", "venció el token")
        case 3008: say("messages were not taken fast enough", "no tomaba los mensajes a tiempo")
        case 3011: say("rebalanced to another worker", "rebalanceada a otro worker")
        case 3012: say("no answer to a ping", "no respondió a un ping")
        case 3013: say("sent more than its role may", "envió más de lo que su rol permite")
        case 3014: say("closed by an operator, may come back", "cerrada por un operador, puede volver")
        case 3500: say("too many bad tokens in a row", "demasiados tokens inválidos seguidos")
        case 3507: say("sent away by an operator", "expulsada por un operador")
        case 4000: say("the client's own code", "un código propio del cliente")
        default: say("no meaning is known here", "sin significado conocido aquí")
        }
    }

    /// Of the codes that only ever end a connection on purpose.
    static func isPlanned(_ code: UInt16) -> Bool {
        switch code {
        case 3001, 3011, 3014, 3507: true
        default: false
        }
    }

    static var planned: SafeText { say("planned: ", "planificado: ") }
}
