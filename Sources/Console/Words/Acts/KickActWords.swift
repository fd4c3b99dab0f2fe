import FleetModel

/// The form that closes one connection.
enum KickActWords {
    static var title: SafeText { say("Close a connection", "Cerrar una conexión") }
    static var closes: SafeText { say("closes it", "la cierra") }
    static func act(_ connection: SafeText) -> SafeText { say("kick \(connection)", "cerrar \(connection)") }
    static var whichConnection: SafeText {
        say(
            "Say which: its id, as the page of connections shows it",
            "Diga cuál: su id, como en la página de conexiones")
    }
    static func notFound(_ connection: SafeText) -> SafeText {
        say(
            "no connection \(connection) on any worker that answers: it has ended, or the id is another",
            "ninguna conexión \(connection) en los workers que responden: terminó, o el id es otro")
    }
}
