import AdminAPI
import FleetModel

/// What the page of Redis says.
enum RedisWords {
    static func name(_ tab: RedisTab) -> SafeText {
        switch tab {
        case .topology: say("topology", "topología")
        case .clients: say("clients & memory", "clientes y memoria")
        case .pubsub: "pubsub"
        case .slowlog: "slowlog"
        case .streams: "streams"
        case .keys: say("keys", "claves")
        case .events: say("events", "eventos")
        }
    }

    static var bigKeys: SafeText { say("big keys", "claves grandes") }
    static var hotKeys: SafeText { say("hot keys", "claves calientes") }
    static func toldBy(_ worker: SafeText) -> SafeText { say("told by \(worker)", "según \(worker)") }

    static func nothing(_ tab: RedisTab) -> SafeText {
        switch tab {
        case .topology: ""
        case .clients: say("Nothing waits for any client.", "Nada espera para ningún cliente.")
        case .pubsub: say("No channel has a subscriber.", "Ningún canal tiene suscriptores.")
        case .slowlog: say("No command was slow.", "Ningún comando fue lento.")
        case .streams: say("There is no stream of a critical room.", "No hay streams de salas críticas.")
        case .keys: say("There is no key.", "No hay claves.")
        case .events: say("The Sentinels have announced nothing.", "Los Sentinels no anunciaron nada.")
        }
    }
}

// MARK: - When it does not answer

extension RedisWords {
    static func gone(_ reason: SafeText) -> SafeText {
        reason.isEmpty
            ? say("REDIS DOES NOT ANSWER", "REDIS NO RESPONDE")
            : say("REDIS DOES NOT ANSWER: \(reason)", "REDIS NO RESPONDE: \(reason)")
    }
    static func workersSay(_ finding: SafeText) -> SafeText {
        say("the workers say: \(finding)", "los workers dicen: \(finding)")
    }
    static func reason(_ reason: SafeText, _ count: Int) -> SafeText {
        say(
            count == 1 ? "1 worker: \(reason)" : "\(count) workers: \(reason)",
            count == 1 ? "1 worker: \(reason)" : "\(count) workers: \(reason)")
    }
    static func lastKnown(_ span: SafeText) -> SafeText {
        say("What follows was last known \(span) ago.", "Lo que sigue es lo último que se supo, hace \(span).")
    }
    static var neverKnown: SafeText {
        say("Nothing is known of it from before.", "No se sabe nada de él de antes.")
    }
    static func gap(_ part: SafeText, _ reason: SafeText) -> SafeText {
        say("\(part) is not known: \(reason)", "no se conoce \(part): \(reason)")
    }
}

// MARK: - Topology

extension RedisWords {
    static var replicas: SafeText { say("replicas", "réplicas") }
    static func sentinels(_ master: SafeText?) -> SafeText {
        guard let master else { return "Sentinels" }
        return say("Sentinels of \(master)", "Sentinels de \(master)")
    }
    static var users: SafeText { say("who uses which primary", "quién usa qué primario") }
    static var noReplica: SafeText {
        say("There is no replica: nothing can take over.", "No hay réplica: nada puede reemplazarlo.")
    }
    static var noSentinel: SafeText {
        say("There is no Sentinel: nothing fails over.", "No hay Sentinel: no hay failover.")
    }
    static var primaryFact: SafeText { say("primary", "primario") }
    static var serverFact: SafeText { say("server", "servidor") }
    static var streamFact: SafeText { say("replication", "replicación") }
    static var drillsFact: SafeText { say("drills", "simulacros") }

    static func primary(_ primary: RedisPrimary) -> SafeText {
        let (address, role) = (SafeText(primary.address), SafeText(primary.role))
        let (clients, memory) = (Figures.grouped(primary.clients), Figures.bytes(primary.usedMemory))
        return say(
            "\(address)  role \(role)  \(clients) clients  \(memory) used",
            "\(address)  rol \(role)  \(clients) clientes  \(memory) en uso")
    }

    static func server(_ primary: RedisPrimary) -> SafeText {
        let (version, uptime) = (SafeText(primary.version), Figures.span(primary.uptime))
        let process: SafeText = primary.processID.map { "  pid \($0)" } ?? ""
        let run = SafeText(primary.runID.prefix(12))
        return say(
            "Redis \(version)  up for \(uptime)\(process)  run \(run)",
            "Redis \(version)  activo hace \(uptime)\(process)  corrida \(run)")
    }

    static func offset(_ offset: SafeText) -> SafeText { say("offset \(offset)", "posición \(offset)") }

    static func drills(_ history: DrillHistory) -> SafeText {
        guard let last = history.lastAt else { return say("none yet", "ninguno todavía") }
        let mode = history.lastMode.map { SafeText($0) } ?? ""
        let verdict = history.lastVerdict.map { SafeText($0) } ?? Figures.none
        let time = SafeText(last.description.prefix(16))
        return say(
            "\(history.count), the last \(time) \(mode): \(verdict)",
            "\(history.count), el último \(time) \(mode): \(verdict)")
    }

    static var address: SafeText { say("ADDRESS", "DIRECCIÓN") }
    static var link: SafeText { say("LINK", "ENLACE") }
    static var online: SafeText { say("online", "en línea") }
    static var offline: SafeText { say("DOWN", "CAÍDO") }
    static var lagBytes: SafeText { say("LAG BYTES", "ATRASO B") }
    static var lagSeconds: SafeText { say("LAG S", "ATRASO S") }
    static var flags: SafeText { "FLAGS" }
    static var primaryTitle: SafeText { say("SAYS PRIMARY", "DICE PRIMARIO") }
    static var quorum: SafeText { "QUORUM" }
    static func hasQuorum(_ count: SafeText) -> SafeText { say("\(count) ok", "\(count) sí") }
    static func lacksQuorum(_ count: SafeText) -> SafeText { say("\(count) NO", "\(count) NO") }
    static var noAnswer: SafeText { say("no answer", "no responde") }
    static var tilt: SafeText { "TILT" }
    static var tilted: SafeText { say("YES", "SÍ") }
    static var no: SafeText { "no" }
    static var epoch: SafeText { say("EPOCH", "ÉPOCA") }
    static var downAfter: SafeText { say("DOWN>", "CAÍDO>") }
    static var usedPrimary: SafeText { say("PRIMARY", "PRIMARIO") }
    static var noPrimary: SafeText { say("none", "ninguno") }
    static var who: SafeText { say("WHO", "QUIÉNES") }
}

// MARK: - Clients and memory

extension RedisWords {
    static var clientsFact: SafeText { say("clients", "clientes") }
    static var memoryFact: SafeText { say("memory", "memoria") }
    static var keysFact: SafeText { say("keys", "claves") }
    static var trafficFact: SafeText { say("traffic", "tráfico") }

    static func clients(_ connected: SafeText, _ maximum: SafeText, _ blocked: SafeText) -> SafeText {
        say(
            "\(connected) of at most \(maximum), \(blocked) blocked",
            "\(connected) de \(maximum) como máximo, \(blocked) bloqueados")
    }

    static func memory(_ memory: RedisMemory) -> SafeText {
        let (used, peak, resident) = (
            Figures.bytes(memory.used), Figures.bytes(memory.peak), Figures.bytes(memory.resident)
        )
        let maximum = memory.maximum.map(Figures.bytes) ?? say("no bound", "sin tope")
        let (ratio, policy) = (Figures.tenths(memory.fragmentation), SafeText(memory.policy))
        return say(
            "\(used) used, peak \(peak), max \(maximum), resident \(resident), fragmentation \(ratio), \(policy)",
            "\(used) en uso, pico \(peak), máx \(maximum), residente \(resident), fragmentación \(ratio), \(policy)")
    }

    static func evictions(_ memory: RedisMemory, _ traffic: RedisTraffic?) -> SafeText {
        let (evicted, expired) = (Figures.grouped(Int(memory.evictedTotal)), Figures.grouped(Int(memory.expiredTotal)))
        let hits: SafeText = traffic.map { "  \(reads($0))" } ?? ""
        return say(
            "\(evicted) evicted, \(expired) expired\(hits)", "\(evicted) desalojadas, \(expired) vencidas\(hits)")
    }

    private static func reads(_ traffic: RedisTraffic) -> SafeText {
        let (hits, misses) = (Figures.grouped(Int(traffic.hitsTotal)), Figures.grouped(Int(traffic.missesTotal)))
        let all = Double(traffic.hitsTotal) + Double(traffic.missesTotal)
        let part = all > 0 ? Figures.percent(Double(traffic.hitsTotal) / all) : Figures.none
        return say("hits \(hits), misses \(misses) (\(part))", "aciertos \(hits), fallos \(misses) (\(part))")
    }

    static func traffic(_ traffic: RedisTraffic) -> SafeText {
        let (rate, total) = (Figures.rate(traffic.commandsPerSecond), Figures.grouped(Int(traffic.commandsTotal)))
        let (in_, out) = (Figures.bytes(traffic.inPerSecond), Figures.bytes(traffic.outPerSecond))
        let rejected = Figures.grouped(Int(traffic.rejectedTotal))
        return say(
            "\(rate) commands/s (\(total) in all), in \(in_)/s, out \(out)/s, \(rejected) clients turned away",
            "\(rate) comandos/s (\(total) en total), ent \(in_)/s, sal \(out)/s, \(rejected) clientes rechazados")
    }

    static func snapshot(_ persistence: RedisPersistence, _ age: SafeText?) -> SafeText {
        let snapshot = persistence.snapshot
        let changes = Figures.grouped(Int(snapshot.changesSince))
        let state =
            persistence.isLoading
            ? say("LOADING, ", "CARGANDO, ") : snapshot.isRunning ? say("under way, ", "en curso, ") : ""
        let last: SafeText =
            age.map { say("the last \($0) ago", "la última hace \($0)") } ?? say("none yet", "ninguna todavía")
        let verdict = snapshot.lastSucceeded ? "" : say(" FAILED", " FALLÓ")
        return say(
            "\(state)\(last)\(verdict), \(changes) changes since", "\(state)\(last)\(verdict), \(changes) cambios desde"
        )
    }

    static func log(_ log: RedisPersistence.Log) -> SafeText {
        guard log.isEnabled else { return say("off", "apagado") }
        let size: SafeText = log.size.map { ", \(Figures.bytes($0))" } ?? ""
        let rewriting = log.isRewriting ? say(", being rewritten", ", reescribiéndose") : ""
        let verdict =
            log.lastWriteSucceeded
            ? log.lastRewriteSucceeded ? "" : say(", LAST REWRITE FAILED", ", LA ÚLTIMA REESCRITURA FALLÓ")
            : say(", LAST WRITE FAILED", ", LA ÚLTIMA ESCRITURA FALLÓ")
        return say("on\(size)\(rewriting)\(verdict)", "activo\(size)\(rewriting)\(verdict)")
    }

    static var name: SafeText { say("NAME", "NOMBRE") }
    static var output: SafeText { say("WAITING", "ESPERA") }
    static var subscriptions: SafeText { "SUBS" }
    static var age: SafeText { say("AGE", "EDAD") }
    static var idle: SafeText { say("IDLE", "OCIOSO") }
    static var user: SafeText { say("USER", "USUARIO") }
    static var command: SafeText { say("COMMAND", "COMANDO") }
    static var client: SafeText { say("CLIENT", "CLIENTE") }
}

// MARK: - Channels, commands, streams, keys

extension RedisWords {
    static func pubsub(_ channels: Int, _ patterns: Int) -> SafeText {
        say(
            "\(Figures.grouped(channels)) channels with subscribers, \(Figures.grouped(patterns)) patterns",
            "\(Figures.grouped(channels)) canales con suscriptores, \(Figures.grouped(patterns)) patrones")
    }
    static var channel: SafeText { say("CHANNEL", "CANAL") }
    static var subscribers: SafeText { say("SUBSCRIBERS", "SUSCRIPTOS") }
    static var time: SafeText { say("TIME", "HORA") }
    static var took: SafeText { say("TOOK", "TARDÓ") }
    static var stream: SafeText { "STREAM" }
    static var length: SafeText { say("MESSAGES", "MENSAJES") }
    static var lastID: SafeText { say("LAST OFFSET", "ÚLTIMA POSICIÓN") }
    static func streams(_ found: Int, _ scanned: Int, of keys: Int) -> SafeText {
        say(
            "\(found) found among \(Figures.grouped(scanned)) of \(Figures.grouped(keys)) keys",
            "\(found) en \(Figures.grouped(scanned)) de \(Figures.grouped(keys)) claves")
    }
    static var event: SafeText { say("EVENT", "EVENTO") }
    static var sentinel: SafeText { "SENTINEL" }
    static var about: SafeText { say("ABOUT", "SOBRE") }
    static var key: SafeText { say("KEY", "CLAVE") }
    static var type: SafeText { say("TYPE", "TIPO") }
    static var measure: SafeText { say("SIZE / USE", "TAMAÑO / USO") }
    static var keyIsGone: SafeText { say("gone", "ya no está") }
    static func idleFor(_ span: SafeText) -> SafeText { say("\(span) ago", "hace \(span)") }

    static var scanning: SafeText { say("looking through the keys", "recorriendo las claves") }
    static var scanLost: SafeText {
        say("No answer came. b or h asks again.", "No llegó respuesta. b o h pregunta de nuevo.")
    }
    static var askForKeys: SafeText {
        say(
            "b looks for the biggest keys, h for the hottest: a bounded SCAN on the primary, once for each key press.",
            "b busca las claves más grandes, h las más usadas: un SCAN acotado en el primario, uno por tecla.")
    }

    static func scan(_ report: RedisKeyReport, _ took: SafeText, _ age: SafeText) -> SafeText {
        let (scanned, keys) = (Figures.grouped(report.scanned), Figures.grouped(report.keys))
        let kind = report.kind == .big ? bigKeys : hotKeys
        let end =
            report.isComplete
            ? say("all", "todas")
            : report.ranOutOfTime ? say("out of time", "sin más tiempo") : say("bounded", "acotado")
        return say(
            "\(kind): \(scanned) of \(keys) keys looked at in \(took) (\(end)), \(age) ago",
            "\(kind): \(scanned) de \(keys) claves vistas en \(took) (\(end)), hace \(age)")
    }
}
