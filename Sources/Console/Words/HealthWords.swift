import FleetModel

/// The one word for a fleet, and what is said of what is not as it should be: a title of a word or two, and the figure
/// behind it.
enum HealthWords {
    static var ok: SafeText { "OK" }
    static var wait: SafeText { say("WAIT", "ESPERA") }
    static var warning: SafeText { say("WARN", "ALERTA") }
    static var critical: SafeText { say("CRIT", "CRÍTICO") }

    static func sentence(_ title: SafeText, _ worker: WorkerID?, _ detail: SafeText) -> SafeText {
        let subject = worker.map { "\(title) \($0)" as SafeText } ?? title
        return detail.isEmpty ? subject : "\(subject), \(detail)"
    }
}

// MARK: - The fleet

extension HealthWords {
    static var noWorkerYet: SafeText { say("no worker yet", "todavía no hay workers") }
    static var noWorkerAnswers: SafeText { say("no worker answers", "ningún worker responde") }
    static func allStale(_ count: Int) -> SafeText {
        count == 1
            ? say("it is stale", "no da noticias")
            : say("all \(count) are stale", "ninguno de los \(count) da noticias")
    }
    static var noWorkerAccepts: SafeText { say("no worker accepts clients", "ningún worker acepta clientes") }
    static var allDrained: SafeText { say("all are drained or draining", "todos drenados o drenando") }
    static var fleetChurn: SafeText { say("fleet churn", "churn de la flota") }
    static func unplanned(_ rate: SafeText) -> SafeText { say("\(rate)/min unplanned", "\(rate)/min sin plan") }
    static func redisAway(_ span: SafeText) -> SafeText { say("Redis away for \(span)", "Redis ausente hace \(span)") }
    static func redisSlowFor(_ wait: SafeText) -> SafeText {
        say("Redis slow, \(wait) for a reply", "Redis lento, \(wait) por respuesta")
    }
    static func saidBy(_ count: Int, of live: Int) -> SafeText {
        say("say \(count) of \(live) workers", "según \(count) de \(live) workers")
    }
}

// MARK: - A worker

extension HealthWords {
    static var waitingFor: SafeText { say("waiting for", "se espera a") }
    static var noAnswerYet: SafeText { say("no answer yet", "aún sin respuesta") }
    static var stale: SafeText { say("stale", "sin noticias") }
    static func neverHeard(_ reason: SafeText) -> SafeText { say("never heard: \(reason)", "nunca habló: \(reason)") }
    static func lastHeard(_ age: SafeText, _ reason: SafeText) -> SafeText {
        say("last heard \(age) ago: \(reason)", "última noticia hace \(age): \(reason)")
    }
    static func unheard(_ clients: Int, _ age: SafeText, _ reason: SafeText) -> SafeText {
        let count = Figures.grouped(clients)
        return clients == 1
            ? say(
                "\(count) client unheard for \(age): \(reason)", "\(count) cliente sin noticias hace \(age): \(reason)")
            : say(
                "\(count) clients unheard for \(age): \(reason)",
                "\(count) clientes sin noticias hace \(age): \(reason)")
    }

    static var slow: SafeText { say("slow", "lento") }
    static func p95(_ latency: SafeText) -> SafeText { "p95 \(latency)" }
    static func p99(_ latency: SafeText) -> SafeText { "p99 \(latency)" }
    static var loopLag: SafeText { say("loop lag", "atraso del bucle") }
    static var errors: SafeText { say("errors", "errores") }
    static func aSecond(_ rate: SafeText) -> SafeText { "\(rate)/s" }
    static var churn: SafeText { "churn" }
    static var descriptors: SafeText { say("descriptors", "descriptores") }
    static func used(_ part: SafeText) -> SafeText { say("\(part) used", "\(part) en uso") }
    static var hot: SafeText { say("hot worker", "worker recargado") }
    static func timesTheMean(_ ratio: SafeText) -> SafeText { say("\(ratio)x the mean", "\(ratio)x la media") }
    static var starting: SafeText { say("starting", "arrancando") }
    static var drained: SafeText { say("drained", "drenado") }
    static var draining: SafeText { say("draining", "drenando") }
    static func left(_ count: SafeText) -> SafeText { say("\(count) left", "quedan \(count)") }

    static func breaker(_ subject: SafeText, _ state: SafeText) -> SafeText { "\(subject) \(state)" }
    static func breakers(_ count: Int) -> SafeText { "\(count) breakers" }
    static func breakerDetail(_ names: SafeText, _ age: SafeText, _ reason: SafeText) -> SafeText {
        say("\(names)for \(age)\(reason)", "\(names)hace \(age)\(reason)")
    }
    static var noEcho: SafeText { say("no Redis echo", "sin eco de Redis") }
    static func forSpan(_ span: SafeText) -> SafeText { say("for \(span)", "hace \(span)") }
    static var redisSlow: SafeText { say("Redis slow", "Redis lento") }
    static func forReply(_ wait: SafeText) -> SafeText { say("\(wait) for a reply", "\(wait) por respuesta") }
    static var degraded: SafeText { say("degraded", "degradado") }
    static func degradation(_ level: SafeText, _ age: SafeText?, _ reason: SafeText) -> SafeText {
        let span: SafeText = age.map { say(" for \($0)", " hace \($0)") } ?? ""
        return "\(level)\(span): \(reason)"
    }
    static var dropping: SafeText { say("dropping", "pierde mensajes") }
    static var storm: SafeText { say("connect storm", "tormenta de conexiones") }
    static func stormDetail(_ rate: SafeText, _ usual: SafeText, _ age: SafeText) -> SafeText {
        say("\(rate)/s, usually \(usual)/s, for \(age)", "\(rate)/s, lo usual es \(usual)/s, hace \(age)")
    }
}
