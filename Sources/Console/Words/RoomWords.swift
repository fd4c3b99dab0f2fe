import FleetModel

/// What the tables of rooms say.
enum RoomWords {
    static func title(_ column: RoomColumn) -> SafeText {
        switch column {
        case .room: say("ROOM", "SALA")
        case .criticality: say("CLASS", "CLASE")
        case .connections: say("CONNS", "CONEX")
        case .skew: say("SKEW", "SESGO")
        case .share: say("SHARE", "PARTE")
        }
    }

    static var critical: SafeText { say("critical", "crítica") }
    static var important: SafeText { say("important", "relevante") }
    static var bestEffort: SafeText { say("best", "normal") }

    static var byWorker: SafeText { say("rooms by worker", "salas por worker") }
    static func columns(_ shown: Int, of all: Int) -> SafeText {
        say("\(shown) of \(all) workers", "\(shown) de \(all) workers")
    }
    static func top(_ shown: Int, of all: Int) -> SafeText { say("top \(shown) of \(all)", "\(shown) de \(all)") }

    static var largest: SafeText { say("largest", "mayores") }
    static var byName: SafeText { say("all by name", "todas por nombre") }
    static var nextPage: SafeText { say("next page", "página siguiente") }
    static var previousPage: SafeText { say("page before", "página anterior") }
    static func page(_ number: Int) -> SafeText { say("page \(number)", "página \(number)") }
    static func from(_ room: RoomName?) -> SafeText {
        room.map { say("after \($0)", "después de \($0)") } ?? say("from the first", "desde la primera")
    }
    static func pattern(_ pattern: SafeText) -> SafeText { say("rooms \(pattern)", "salas \(pattern)") }
    static var thisPageOnly: SafeText { say("filter: this page only", "filtro: sólo esta página") }
    static var lastPage: SafeText { say("This is the last page", "Esta es la última página") }
    static var firstPage: SafeText { say("This is the first page", "Esta es la primera página") }
    static var goingOn: SafeText { say("The page is not there yet", "La página todavía no llegó") }
}

// MARK: - Totals

extension RoomWords {
    /// Of all rooms, listed or not.
    static func held(_ workers: SafeText, _ least: SafeText, _ most: SafeText, _ together: SafeText) -> SafeText {
        let each = least == most ? least : say("\(least) to \(most)", "de \(least) a \(most)")
        return say(
            "\(workers) workers hold \(each) rooms each, \(together) with repeats",
            "\(workers) workers tienen \(each) salas cada uno, \(together) con repetidas")
    }
    static func listed(_ rooms: Int) -> SafeText {
        say("the \(rooms) largest that workers name", "las \(rooms) mayores que nombran los workers")
    }
    static var lowerBound: SafeText { say("> at least", "> como mínimo") }
    static func matching(_ least: SafeText, _ most: SafeText) -> SafeText {
        say("\(least) to \(most) rooms in all", "de \(least) a \(most) salas en total")
    }
    static func matching(_ exactly: SafeText) -> SafeText {
        say("\(exactly) rooms in all", "\(exactly) salas en total")
    }
    static func answered(_ answered: SafeText, of asked: SafeText) -> SafeText {
        say("\(answered) of \(asked) workers answered", "respondieron \(answered) de \(asked) workers")
    }
    static func failed(_ worker: SafeText, _ reason: SafeText) -> SafeText {
        say("\(worker) did not answer, its part is ?: \(reason)", "\(worker) no respondió, su parte es ?: \(reason)")
    }
}

// MARK: - Where no row is

extension RoomWords {
    static func asking(_ workers: Int) -> SafeText {
        say("Asking \(workers) workers for their rooms…", "Preguntando las salas a \(workers) workers…")
    }
    static var nobodyToAsk: SafeText {
        say(
            "No worker can be asked now; the list is asked for again as soon as one can.",
            "Ahora no se puede preguntar a ningún worker; se pregunta de nuevo en cuanto se pueda.")
    }
    static var notRecorded: SafeText {
        say(
            "Lists by name are not recorded; Tab shows the largest rooms as they were.",
            "Las listas por nombre no se registran; Tab muestra las salas mayores como estaban.")
    }
    static var noRoom: SafeText { say("No room has a connection.", "Ninguna sala tiene conexiones.") }
    static func noMatch(_ filter: SafeText) -> SafeText {
        say(
            "No room matches \(filter). / changes it; empty it to see all.",
            "Ninguna sala coincide con \(filter). / lo cambia; vacío muestra todas.")
    }
    static func nobodyAnswered(_ reason: SafeText) -> SafeText {
        say(
            "No worker answered: \(reason). It is asked again by itself.",
            "Ningún worker respondió: \(reason). Se pregunta de nuevo solo.")
    }
}
