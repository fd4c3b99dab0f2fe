import FleetModel

/// The words for the steps and causes of a drain.
enum DrainWords {
    static func phase(_ phase: DrainPhase) -> SafeText {
        switch phase {
        case .refusing: say("refusing new", "rechaza nuevos")
        case .announcing: say("telling clients", "avisa a clientes")
        case .grace: say("clients leave", "clientes se van")
        case .closing: say("closing", "cierra")
        case .drained: say("drained", "drenado")
        }
    }

    /// In a few letters, for a narrow line.
    static func shortPhase(_ phase: DrainPhase) -> SafeText {
        switch phase {
        case .refusing: say("refusing", "rechaza")
        case .announcing: say("announcing", "avisa")
        case .grace: say("grace", "espera")
        case .closing: say("closing", "cierra")
        case .drained: say("drained", "drenado")
        }
    }

    static func cause(_ cause: DrainCause) -> SafeText {
        switch cause {
        case .operator: say("by", "por")
        case .shutdown: say("shutdown by", "apagado por")
        }
    }
}

// MARK: - How far it is

extension DrainWords {
    static func stale(_ left: SafeText) -> SafeText {
        say("stale, \(left) left when last heard", "sin noticias; la última vez quedaban \(left)")
    }
    static func left(_ count: SafeText, isWide: Bool) -> SafeText {
        isWide
            ? say("\(count) connections have left; u takes it back", "se fueron \(count) conexiones; u lo deshace")
            : say("\(count) have left; u undrains", "se fueron \(count); u deshace")
    }
    /// "1,871 of 3,741 left  62/s  ~ 30 s to go".
    static func course(
        _ remaining: SafeText, of all: SafeText?, _ rate: SafeText, _ about: SafeText, _ time: SafeText
    ) -> SafeText {
        guard let all else {
            return say("\(remaining) left\(rate)  \(about) \(time)", "quedan \(remaining)\(rate)  \(about) \(time)")
        }
        return say(
            "\(remaining) of \(all) left\(rate)  \(about) \(time) to go",
            "quedan \(remaining) de \(all)\(rate)  faltan \(about) \(time)")
    }
}

// MARK: - What the events tell

extension DrainWords {
    static func started(_ origin: SafeText) -> SafeText { say("drain started\(origin)", "empezó el drenaje\(origin)") }
    static func origin(_ who: SafeText, _ reason: SafeText?) -> SafeText {
        let why: SafeText = reason.map { ", \($0)" } ?? ""
        return say(" by \(who)\(why)", " por \(who)\(why)")
    }
    static var undone: SafeText { say("undrained, accepts connections", "drenaje deshecho, acepta conexiones") }
    static func phaseReached(_ phase: DrainPhase) -> SafeText {
        say("drain: \(Self.phase(phase))", "drenaje: \(Self.phase(phase))")
    }
    static func drained(_ count: SafeText, _ took: SafeText) -> SafeText {
        say("drained: \(count) connections left in \(took)", "drenado: se fueron \(count) conexiones en \(took)")
    }
}
