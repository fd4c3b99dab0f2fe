import FleetModel

/// What the help says besides the keys.
enum HelpWords {
    typealias Entry = (key: SafeText, words: SafeText)

    static var places: SafeText { say("This fleet, for another terminal", "Esta flota, desde otra terminal") }
    static func lines(_ first: Int, _ last: Int, of count: Int) -> SafeText {
        say("lines \(first)-\(last) of \(count)", "líneas \(first)-\(last) de \(count)")
    }
    static var commandTitle: SafeText { say("What can be typed after :", "Qué se puede escribir tras :") }
    static var markTitle: SafeText { say("What the screen says", "Qué dice la pantalla") }

    static var commands: [Entry] {
        [
            (
                say(":PAGE REGEX", ":PÁGINA REGEX"),
                say("a page, its table filtered", "una página, con su tabla filtrada")
            ),
            ("", names(Command.pages.prefix(5))), ("", names(Command.pages.dropFirst(5).prefix(5))),
            ("", names(Command.pages.dropFirst(10))),
            (say(":ACT", ":ACTO"), say("an act or a switch by its name:", "un acto o un ajuste por su nombre:")),
            ("", "drain undrain rebalance throttle broadcast"), ("", "kick breaker drill safety pause wide split quit"),
            (say(":sort COLUMN", ":sort COLUMNA"), say("again inverts the order", "otra vez invierte el orden")),
            (":filter REGEX", say("!REGEX shows the others", "!REGEX muestra lo demás")),
            (
                say(":export FILE", ":export ARCH"),
                say("the page as text, .csv or .json", "la página como texto, .csv o .json")
            ),
            (say(":theme NAME", ":theme NOMBRE"), say("other colours", "otros colores")),
            (":lang en|es", say("the language", "el idioma")), (":mouse on|off", say("the mouse", "el ratón")),
        ]
    }

    private static func names(_ pages: some Sequence<PageKind>) -> SafeText {
        SafeText(pages.map(\.command).joined(separator: " "))
    }

    static var marks: [Entry] {
        [
            ("!", say("look at it soon; a cross: users are hurt", "mirarlo pronto; una cruz: afecta a usuarios")),
            (
                say("CONNS", "CONEX"),
                say("connections; SHARE of the live fleet's", "conexiones; PARTE de las de la flota viva")
            ),
            (
                say("IN OUT", "ENT SAL"),
                say("messages from clients, and to clients", "mensajes de clientes, y a clientes")
            ),
            (
                "P50 P95 P99",
                say("publish to socket write, over 10 s", "de publicar a escribir en el socket, en 10 s")
            ),
            (
                say("QUEUE", "COLA"),
                say("bytes waiting for clients' sockets", "bytes que esperan el socket de clientes")
            ),
            ("LAG", say("worst event loop delay in a second", "peor atraso del bucle de eventos en 1 s")),
            ("CHURN", say("closed in a minute; * mostly planned", "cerradas en un minuto; * casi todo con plan")),
            ("FDS", say("open descriptors, of the limit", "descriptores abiertos, del límite")),
            (
                "BRK",
                say("the worst Redis breaker: ok, half, OPEN", "el peor breaker de Redis: ok, med., ABRE")
            ),
            (
                say("sampling", "muestrea"),
                say(
                    "delivers a part of best effort; shedding: none", "entrega parte de lo prescindible; descarta: nada"
                )
            ),
            (
                say("SHEDDING", "DESCARTA"),
                say("important is shed too; critical never is", "también lo importante; lo crítico nunca")
            ),
            (say("SKEW", "SESGO"), say("fullest active worker over the mean", "el worker más lleno sobre la media")),
            (">  ?", say("at least so many; not known", "al menos tantas; no se sabe")),
            (
                say("stale", "callado"),
                say("silent over 3 s; its clients are unheard", "sin noticias más de 3 s; ni de sus clientes")
            ),
        ]
    }
}
