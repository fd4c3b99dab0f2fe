import FleetModel

/// The fields of forms: what they are called, what holds while they are empty, and what is wrong with them.
enum ActFieldWords {
    static var reason: SafeText { say("Reason", "Motivo") }
    static var reasonIsKept: SafeText {
        say("kept in the audit, shown to others", "queda en la auditoría, lo ven los demás")
    }
    static var closesPerSecond: SafeText { say("Closes/s", "Cierres/s") }
    static var byChurnBudget: SafeText { say("by the churn budget", "según el presupuesto de churn") }
    static var deadline: SafeText { say("Deadline", "Plazo") }
    static var asPlanned: SafeText { say("as the plan says", "según el plan") }
    static var tolerance: SafeText { say("Tolerance", "Tolerancia") }
    static var tenPercent: SafeText { say("10% of the mean", "10% de la media") }
    static var movesPerSecond: SafeText { say("Moves/s", "Mudanzas/s") }
    static var byFleetChurn: SafeText {
        say("by the churn budget, 5% of the fleet a minute", "presupuesto de churn: 5% de la flota por minuto")
    }
    static var rooms: SafeText { say("Rooms", "Salas") }
    static var allRooms: SafeText {
        say("all; or a room, or a prefix with *", "todas; o una sala, o un prefijo con *")
    }
    static var patternExample: SafeText {
        say("a name in which * is anything: ops:*", "un nombre donde * es todo: ops:*")
    }
    static var messagesPerSecond: SafeText { say("Messages/s", "Mensajes/s") }
    static var inWholeFleet: SafeText { say("in the whole fleet, as 200", "en toda la flota, como 200") }
    static var time: SafeText { say("For", "Durante") }
    static func standardTime(_ time: SafeText, _ most: SafeText) -> SafeText {
        say("\(time); \(most) at most", "\(time); \(most) a lo sumo")
    }
    static var recipients: SafeText { say("To", "Para") }
    static var recipientsExample: SafeText {
        say(
            "room ops:north, role ADMIN, user ana, or all", "sala ops:north, rol ADMIN, usuario ana, o todos")
    }
    static var message: SafeText { say("Message", "Mensaje") }
    static var messageExample: SafeText { say("what clients get as data.message", "lo que reciben como data.message") }
    static var criticality: SafeText { say("Class", "Clase") }
    static var acknowledgement: SafeText { say("Await acks", "Esperar acks") }
    static var breaker: SafeText { say("Breaker", "Breaker") }
    static var mode: SafeText { say("Mode", "Modo") }
    static var connection: SafeText { say("Connection", "Conexión") }
    static var connectionExample: SafeText { say("its id", "su id") }
    static var mayReturn: SafeText { say("May return", "Puede volver") }
    static var maximumRecovery: SafeText { say("Recovery", "Recuperación") }
    static func atMost(_ time: SafeText) -> SafeText { say("\(time) at most", "\(time) a lo sumo") }
    static var baseline: SafeText { say("Baseline", "Línea base") }
    static var hold: SafeText { say("Hold", "Sostén") }
    static func lasting(_ time: SafeText) -> SafeText { say("watched for \(time)", "observado durante \(time)") }
    static var probesPerSecond: SafeText { say("Probes/s", "Sondas/s") }
    static func fromEachWorker(_ rate: SafeText) -> SafeText {
        say("\(rate), from each worker on each way", "\(rate), de cada worker por cada vía")
    }
    static var yes: SafeText { say("yes", "sí") }
    static var no: SafeText { say("no", "no") }
}

// MARK: - What is wrong with them

extension ActFieldWords {
    static var badRate: SafeText {
        say(
            "A rate is a number a second, as 500; empty: the standard",
            "Un ritmo es un número por segundo, como 500; vacío: el normal")
    }
    static var badTime: SafeText {
        say(
            "A time is seconds, or minutes with an m, as 90 or 5m; empty: the standard",
            "Un tiempo son segundos, o minutos con m, como 90 o 5m; vacío: el normal")
    }
    static func tooLong(_ most: SafeText) -> SafeText {
        say("That time is too long: \(most) at most", "Ese tiempo es demasiado: \(most) a lo sumo")
    }
    static var badPart: SafeText {
        say(
            "A tolerance is a percentage, as 10%; empty: the standard",
            "Una tolerancia es un porcentaje, como 10%; vacío: la normal")
    }
    static var badRooms: SafeText {
        say(
            "Rooms are a room's name, or the start of names with * at its end, as ops:*",
            "Salas son el nombre de una, o el comienzo de nombres con * al final, como ops:*")
    }
    static func notOneOf(_ names: SafeText) -> SafeText { say("That is one of: \(names)", "Es uno de: \(names)") }
    static var notYesOrNo: SafeText { say("That is yes or no", "Eso es sí o no") }
}
