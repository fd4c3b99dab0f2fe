import FleetModel

/// The form of an operator's message, and what it says of how far one has gone.
enum BroadcastActWords {
    static var title: SafeText { say("Send a message", "Enviar un mensaje") }
    static var sends: SafeText { say("sends it", "lo envía") }
    static var act: SafeText { say("message", "mensaje") }
    static var toWhom: SafeText {
        say(
            "Say whom it is for: room NAME, role NAME, user NAME, or all",
            "Diga para quién: sala NOMBRE, rol NOMBRE, usuario NOMBRE, o todos")
    }
    static var notARoom: SafeText {
        say(
            "That is no room's name: letters, digits and :_.- are",
            "Eso no es un nombre de sala: letras, dígitos y :_.-")
    }
    static var nameTooLong: SafeText { say("That name is too long", "Ese nombre es demasiado largo") }
    static var whatMessage: SafeText { say("Say what the message is", "Diga cuál es el mensaje") }
    static func prefill(_ room: SafeText) -> SafeText { say("room \(room)", "sala \(room)") }

    // MARK: How far it has gone

    static func delivery(_ message: SafeText) -> SafeText { say("Message: \(message)", "Mensaje: \(message)") }
    static var columns: [SafeText] {
        [
            say("WORKER", "WORKER"), say("DELIVERED", "ENTREGADO"), say("DROPPED", "PERDIDO"),
            say("ACKED", "CONFIRMADO"), say("MISSING", "FALTAN"),
        ]
    }
    static var total: SafeText { say("all", "todos") }
    static var unheard: SafeText { say("does not answer", "no responde") }
    static var beingSent: SafeText { say("being sent", "enviando") }
    static func followed(_ outcome: SafeText) -> SafeText {
        say("\(outcome); followed until all have it", "\(outcome); se sigue hasta que todos lo tengan")
    }
    static func ended(_ words: SafeText) -> SafeText { say("ended: \(words)", "terminó: \(words)") }
    static func more(_ count: Int) -> SafeText { say("and \(count) more", "y \(count) más") }
    static var leave: SafeText { say("Esc: read", "Esc: leído") }
}
