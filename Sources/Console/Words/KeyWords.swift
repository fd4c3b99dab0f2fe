import FleetModel

/// What each action is called: in the help, and in the line of keys.
enum KeyWords {
    static func title(_ subject: BindingGroup.Subject) -> SafeText {
        switch subject {
        case .acting:
            say(
                "Act; each first says what follows. ! dangerous, ~ changes",
                "Actuar; dice antes qué implica. ! peligroso, ~ cambia")
        case .looking: say("Look", "Mirar")
        case .moving: say("Move", "Moverse")
        case .time: say("Time", "Tiempo")
        case .rest: say("Everything else", "Lo demás")
        }
    }

    static func here(_ page: PageKind) -> SafeText {
        say("On the page \(PageWords.name(page))", "En la página \(PageWords.name(page))")
    }
    static var elsewhere: SafeText { say("On other pages", "En otras páginas") }

    /// Before what a key does, as the title of the acts explains it.
    static func mark(_ effect: ActionEffect) -> SafeText {
        switch effect {
        case .reads: ""
        case .changes: "~ "
        case .dangerous: "! "
        }
    }

    /// The rest of "this key …".
    static func help(_ action: Action) -> SafeText {
        switch action {
        case .drain: say("drain the worker, or those marked", "drenar el worker, o los marcados")
        case .undrain: say("undrain it, at any step of its drain", "deshacer su drenaje, en cualquier paso")
        case .rebalance: say("rebalance connections over workers", "rebalancear conexiones entre workers")
        case .throttle: say("throttle rooms that match a pattern", "limitar salas que siguen un patrón")
        case .clearThrottle: say("end the selected throttle", "terminar el límite elegido")
        case .broadcast: say("message to a room, role, user or all", "mensaje a sala, rol, usuario o todos")
        case .breaker: say("hold a breaker open or closed", "forzar un breaker abierto o cerrado")
        case .kick: say("close the selected connection", "cerrar la conexión elegida")
        case .drill: say("Sentinel failover drill", "simulacro de failover con Sentinel")
        case .safety: say("safety lever: stop and block all", "palanca: parar y bloquear todo")
        case .cancelOperation: say("cancel the selected operation", "cancelar la operación elegida")
        case .takeOver: say("lead on what another has left", "dirigir lo que otro dejó")
        case .operations: say("operations: watch, cancel", "operaciones: ver, cancelar")
        case .events: say("events over the whole screen", "eventos en toda la pantalla")
        case .mark: say("mark the row for the next act", "marcar la fila para el próximo acto")
        case .dismiss: say("dismiss the newest error", "descartar el último error")
        case .filter: say("filter: regex; !x: not x", "filtrar: regex; !x: no x")
        case .sortNext: say("sort by the next column", "ordenar por la columna siguiente")
        case .sortPrevious: say("sort by the column before", "ordenar por la columna anterior")
        case .invertSort: say("invert the order", "invertir el orden")
        case .follow: say("follow the selected row as it moves", "seguir la fila elegida")
        case .pause: say("freeze the screen, data is collected on", "congelar la pantalla; se sigue midiendo")
        case .switchFocus: say("the next part of the page", "la parte siguiente de la página")
        case .bigKeys: say("look for the biggest keys (bounded SCAN)", "buscar las claves más grandes (SCAN acotado)")
        case .hotKeys: say("look for the hottest keys (bounded SCAN)", "buscar las claves más usadas (SCAN acotado)")
        case .columns: say("choose the columns", "elegir columnas")
        case .wide: say("all columns, scrolled sideways", "todas las columnas, con desplazamiento")
        case .split: say("two pages on one screen, or one again", "dos páginas en la pantalla, o una")
        case .switchHalf: say("the other half of a split screen", "la otra mitad de la pantalla")
        case .zoom: say("a chart over the whole page", "un gráfico en toda la página")
        case .highlight: say("set off what changed, or not", "resaltar lo que cambió, o no")
        case .theme: say("the next theme", "el tema siguiente")
        case .mouse: say("mouse on or off", "ratón sí o no")
        case .copy: say("copy the row to the clipboard (OSC 52)", "copiar la fila (OSC 52)")
        case .export: say("export the page to a file", "exportar la página a un archivo")
        case .up: say("up", "arriba")
        case .down: say("down", "abajo")
        case .left: say("left: columns, or the chart's cursor", "izquierda: columnas o cursor del gráfico")
        case .right: say("right", "derecha")
        case .pageUp: say("a page up", "una página arriba")
        case .pageDown: say("a page down", "una página abajo")
        case .first: say("to the first", "al primero")
        case .last: say("to the last", "al último")
        case .open: say("drill into the row", "entrar en la fila")
        case .back: say("back; on the fleet: unmark, show all", "volver; en la flota: desmarcar, mostrar todo")
        case .lookBack: say("look back while capture goes on", "mirar atrás mientras se sigue capturando")
        case .stepForward: say("a step forward", "un paso adelante")
        case .stepBack: say("a step back", "un paso atrás")
        case .begin: say("to where the recording begins", "al comienzo de la grabación")
        case .jump: say("jump to a time", "saltar a una hora")
        case .play: say("let the time run, or stop it", "dejar correr el tiempo, o pararlo")
        case .faster: say("faster", "más rápido")
        case .slower: say("slower", "más lento")
        case .command: say("a command, or a page's name", "un comando, o el nombre de una página")
        case .menu: say("pages past the ninth, by a digit", "páginas después de la novena, con un dígito")
        case .help: say("this help", "esta ayuda")
        case .redraw: say("draw the screen anew", "redibujar la pantalla")
        case .suspend: say("to the shell; fg leads back", "a la shell; fg trae de vuelta")
        case .quit: say("quit; asks while an operation is led here", "salir; pregunta si aquí se dirige una operación")
        }
    }
}
