import AdminAPI
import ControlPlane
import FleetModel

/// What the pages of the audit say.
enum AuditWords {
    static var time: SafeText { say("TIME", "HORA") }
    static var kindTitle: SafeText { say("KIND", "CLASE") }
    static var who: SafeText { say("WHO", "QUIÉN") }
    static var action: SafeText { say("ACTION", "ACCIÓN") }
    static var target: SafeText { say("TARGET", "SOBRE") }
    static var outcome: SafeText { say("OUTCOME", "RESULTADO") }
    static var role: SafeText { say("ROLE", "ROL") }
    static var reason: SafeText { say("REASON", "MOTIVO") }
    static var from: SafeText { say("FROM", "DESDE") }
    static var operation: SafeText { say("OPERATION", "OPERACIÓN") }
    static var plan: SafeText { "PLAN" }
    static var sequence: SafeText { say("NO", "N.º") }

    static func kind(_ kind: AuditEvent.Kind) -> SafeText {
        switch kind {
        case .before: say("before", "antes")
        case .outcome: say("outcome", "hecho")
        case .denied: say("DENIED", "NEGADO")
        }
    }

    /// "03-01 21:04:10": the year goes without saying.
    static func stamp(_ time: UnixTime) -> SafeText {
        SafeText(time.description.dropFirst(5).prefix(5)) + " " + SafeText(time.clockText)
    }
}

// MARK: - The chain

extension AuditWords {
    static func loaded(_ count: Int, of all: Int) -> SafeText {
        say("read \(count) of \(Figures.grouped(all))", "leídos \(count) de \(Figures.grouped(all))")
    }
    static func denied(_ count: Int) -> SafeText { say("\(count) denied", "negados: \(count)") }
    static func state(_ trail: AuditTrailState) -> SafeText {
        if trail.fault != nil { return say("trail at fault", "registro con falla") }
        return trail.waiting > 0
            ? say("\(trail.waiting) wait for Redis", "\(trail.waiting) esperan a Redis")
            : say("trail is written", "registro al día")
    }
    static func chain(findings: Int) -> SafeText {
        findings == 0 ? say("chain verifies", "cadena íntegra") : say("CHAIN BROKEN", "CADENA ROTA")
    }
    static func fault(_ reason: SafeText) -> SafeText {
        say("the worker's trail cannot be written: \(reason)", "el worker no puede escribir su registro: \(reason)")
    }
    static func finding(_ finding: AuditFinding) -> SafeText {
        let place = finding.sequence.map { "\($0)" } ?? Figures.none
        return switch finding.kind {
        case .edited: say(finding.words, "el registro \(place) fue editado: su hash no es el de su contenido")
        case .replaced: say(finding.words, "el registro \(place) no continúa al anterior: uno de los dos fue cambiado")
        case .removed: say(finding.words, "faltan registros desde el \(place)")
        case .reordered: say(finding.words, "el registro \(place) está fuera de su lugar: fue movido o repetido")
        case .unreadable: say(finding.words, "hay una entrada que no es un registro: fue editada")
        case .head: say(finding.words, "la cadena no termina donde dice su cabeza")
        case .unmatched: say(finding.words, "el registro \(place) está en una sola de las dos cadenas")
        }
    }
    static var none: SafeText { say("Nothing has been recorded yet.", "Todavía no hay nada registrado.") }
}

// MARK: - One record

extension AuditWords {
    static func record(_ sequence: Int) -> SafeText { say("record \(sequence)", "registro \(sequence)") }
    static var kindFact: SafeText { say("kind", "clase") }
    static var outcomeFact: SafeText { say("outcome", "resultado") }
    static var actionFact: SafeText { say("action", "acción") }
    static var targetFact: SafeText { say("target", "sobre") }
    static var whoFact: SafeText { say("who", "quién") }
    static var fromFact: SafeText { say("from", "desde") }
    static var roleFact: SafeText { say("role", "rol") }
    static var timeFact: SafeText { say("time", "hora") }
    static var reasonFact: SafeText { say("reason", "motivo") }
    static var planFact: SafeText { say("plan hash", "hash del plan") }
    static var operationFact: SafeText { say("operation", "operación") }
    static var beforeFact: SafeText { say("state before", "estado antes") }
    static var afterFact: SafeText { say("state after", "estado después") }
    static var begunFact: SafeText { say("belongs to", "pertenece a") }
    static var sequenceFact: SafeText { say("place in chain", "lugar") }
    static var previousFact: SafeText { say("hash before", "hash anterior") }
    static var hashFact: SafeText { say("own hash", "hash propio") }

    static var edited: SafeText {
        say("IT WAS EDITED: its hash is not that of its content.", "FUE EDITADO: su hash no es el de su contenido.")
    }
    static var first: SafeText {
        say("It verifies: it begins the chain.", "Es íntegro: es el primero de la cadena.")
    }
    static var ownOnly: SafeText {
        say(
            "Its hash is that of its content. The record before it has not been read.",
            "Su hash es el de su contenido. El registro anterior no se leyó.")
    }
    static func verified(_ previous: Int) -> SafeText {
        say(
            "It verifies: its hash is that of its content, and it continues record \(previous).",
            "Es íntegro: su hash es el de su contenido, y continúa al registro \(previous).")
    }
    static func apart(_ previous: Int) -> SafeText {
        say(
            "IT DOES NOT CONTINUE record \(previous): one of the two was replaced.",
            "NO CONTINÚA al registro \(previous): uno de los dos fue cambiado.")
    }
}
