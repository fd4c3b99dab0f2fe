import AdminAPI
import FleetModel

/// What the pages of connections say.
enum ConnectionWords {
    static func title(_ column: ConnectionColumn) -> SafeText {
        switch column {
        case .connection: say("CONNECTION", "CONEXIÓN")
        case .user: say("USER", "USUARIO")
        case .role: say("ROLE", "ROL")
        case .worker: "WORKER"
        case .age: say("AGE", "EDAD")
        case .silence: say("HEARD", "OÍDA")
        case .heartbeat: say("HEARTBEAT", "LATIDO")
        case .queue: say("QUEUE", "COLA")
        case .messages: say("QUEUED", "ESPERA")
        case .rooms: say("ROOMS", "SALAS")
        case .address: say("ADDRESS", "DIRECCIÓN")
        }
    }

    static func heartbeat(_ heartbeat: ConnectionRow.Heartbeat) -> SafeText {
        switch heartbeat {
        case .stalled(let time): say("stalled \(Figures.age(time))", "trabada \(Figures.age(time))")
        case .pinged(let time): say("pinged \(Figures.age(time))", "ping hace \(Figures.age(time))")
        case .due(let time): say("due \(Figures.age(time))", "en \(Figures.age(time))")
        case .leaving: say("leaving", "se va")
        }
    }

    static var details: SafeText { say("details", "detalle") }
    static func since(_ age: SafeText, _ time: SafeText) -> SafeText {
        say("\(age), since \(time)", "\(age), desde \(time)")
    }
    static var scopeHint: SafeText {
        say(
            "What is looked for is typed as room:NAME user:ID role:NAME worker:NAME",
            "Lo que se busca se escribe room:NOMBRE user:ID role:NOMBRE worker:NOMBRE")
    }
}

// MARK: - Totals

extension ConnectionWords {
    static func total(_ total: SafeText, _ answered: SafeText, of asked: SafeText) -> SafeText {
        say(
            "\(total) connections on \(answered) of \(asked) workers",
            "\(total) conexiones en \(answered) de \(asked) workers")
    }
    static func read(_ count: SafeText, _ order: ConnectionQuery.Order) -> SafeText {
        switch order {
        case .id: say("\(count) listed", "listadas \(count)")
        case .connected: say("the \(count) oldest listed", "listadas las \(count) más antiguas")
        case .queue: say("the \(count) with most queued listed", "listadas las \(count) de más cola")
        case .heard: say("the \(count) longest unheard listed", "listadas las \(count) más calladas")
        }
    }
    static func narrowedHere(_ read: SafeText) -> SafeText {
        say("looked for among the \(read) read", "se busca entre las \(read) leídas")
    }
    static var readingOn: SafeText { say("reading on…", "leyendo más…") }
    static var full: SafeText {
        say("no more are kept: narrow it by room:, user:, role:", "no se guardan más: acote con room:, user:, role:")
    }
    static func failed(_ worker: SafeText, _ reason: SafeText) -> SafeText {
        say("\(worker) did not answer: \(reason)", "\(worker) no respondió: \(reason)")
    }
}

// MARK: - Where no row is

extension ConnectionWords {
    static func asking(_ workers: Int) -> SafeText {
        say("Asking \(workers) workers for their connections…", "Preguntando las conexiones a \(workers) workers…")
    }
    static var nobodyToAsk: SafeText {
        say(
            "No worker can be asked now; connections are asked for as soon as one can.",
            "Ahora no se puede preguntar a ningún worker; se pregunta en cuanto se pueda.")
    }
    static func cannotBeAsked(_ worker: SafeText) -> SafeText {
        say(
            "\(worker) cannot be asked: it is not there, or silent. Esc leads back.",
            "\(worker) no se puede preguntar: no está, o calla. Esc vuelve.")
    }
    static var notRecorded: SafeText {
        say("Connections are not recorded.", "Las conexiones no se registran.")
    }
    static var none: SafeText { say("There is no connection.", "No hay ninguna conexión.") }
    static func none(_ scope: SafeText) -> SafeText {
        say("There is no connection for \(scope).", "No hay ninguna conexión para \(scope).")
    }
    static func noMatch(_ filter: SafeText, _ read: SafeText) -> SafeText {
        say(
            "None of the \(read) listed matches \(filter). :connections room:… user:… looks among all.",
            "Ninguna de las \(read) listadas coincide con \(filter). :connections room:… user:… busca entre todas.")
    }
    static var gone: SafeText {
        say("Closed: its worker does not have it any more", "Cerrada: su worker ya no la tiene")
    }
    static func stale(_ reason: SafeText) -> SafeText {
        say("as it was; its worker did not answer: \(reason)", "como estaba; su worker no respondió: \(reason)")
    }
}
