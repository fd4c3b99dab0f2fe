import AdminAPI
import FleetModel

/// What a throttle will hold back, made from what each worker says of its pattern.
package struct ThrottlePlan: ActPlan, Equatable {
    package let order: ThrottleOrder
    /// Of each worker that answered.
    package let previews: [ThrottlePreview]
    /// Workers that did not.
    package let silent: [WorkerID]

    package init(_ order: ThrottleOrder, previews: [ThrottlePreview], silent: [WorkerID] = []) {
        self.order = order
        self.previews = previews
        self.silent = silent
    }

    package var kind: OperationKind { .throttle }

    /// Rooms on the worker that has most of them: the same room may be on several.
    package var rooms: Int { previews.map(\.rooms).max() ?? 0 }
    package var connections: Int { previews.reduce(0) { $0 + $1.connections } }

    package var time: Duration { order.forSeconds.map { .seconds($0) } ?? ThrottleLimits.standardTime }

    package var consequences: [SafeText] {
        let rate = Figures.messages(order.ratePerSecond)
        let (pattern, rooms, places) = (SafeText(order.pattern), Figures.exact(rooms), Figures.exact(connections))
        return [
            say(
                "\(pattern): messages of matching rooms are held to \(rate)/s in the whole fleet.",
                "\(pattern): los mensajes de esas salas se limitan a \(rate)/s en toda la flota."),
            say(
                "About \(rooms) rooms and \(places) places in them are affected now.",
                "Afecta ahora a unas \(rooms) salas y \(places) lugares en ellas."),
            shareWords,
            say("It ends by itself in \(Figures.wait(time)).", "Termina por sí solo en \(Figures.wait(time))."),
            criticalWords,
        ]
    }

    package var objections: [PlanObjection] { criticalObjections + PlanObjection.silent(silent) }

    /// Who throttles what is critical types what it is.
    package var confirmation: SafeText? { overrides && reachesCritical ? SafeText(order.pattern) : nil }

    private var overrides: Bool { order.overrideCritical ?? false }
    private var prefixes: [String] { Set(previews.flatMap(\.criticalPrefixes)).sorted() }
    private var criticalRooms: [RoomName] { Set(previews.flatMap(\.criticalRooms)).sorted() }
    private var reachesCritical: Bool { !prefixes.isEmpty || !criticalRooms.isEmpty }

    private var shareWords: SafeText {
        let share = Figures.messages(order.ratePerSecond / Double(max(1, previews.count)))
        let workers = Figures.exact(previews.count)
        return say(
            "Clients of each of \(workers) workers may publish \(share)/s; the rest is refused.",
            "Los clientes de cada uno de \(workers) workers pueden publicar \(share)/s; el resto se rechaza.")
    }

    private var criticalWords: SafeText {
        guard reachesCritical else { return say("No critical room can match.", "Ninguna sala crítica coincide.") }
        return overrides
            ? say(
                "CRITICAL rooms are held to it too: \(criticalNames).",
                "También se limitan salas CRÍTICAS: \(criticalNames).")
            : say(
                "Critical rooms that match are left alone: \(criticalNames).",
                "Las salas críticas que coinciden no se tocan: \(criticalNames).")
    }

    private var criticalNames: SafeText {
        let names = criticalRooms.prefix(ThrottlePreview.maximumNames).map(\.rawValue)
        return SafeText((names + prefixes.map { $0 + "…" }).joined(separator: ", "))
    }

    private var criticalObjections: [PlanObjection] {
        guard reachesCritical else { return [] }
        guard !overrides else {
            let words = say(
                "critical messages will be refused: \(criticalNames)",
                "se rechazarán mensajes críticos: \(criticalNames)")
            return [PlanObjection(.warning, words)]
        }
        guard previews.contains(where: \.needsOverride) else {
            let words = say(
                "critical rooms could match (\(criticalNames)); they are left alone",
                "podrían coincidir salas críticas (\(criticalNames)); no se tocan")
            return [PlanObjection(.warning, words)]
        }
        let pattern = SafeText(order.pattern)
        let words = say(
            "\(pattern) names critical rooms (\(criticalNames)); only an admin may",
            "\(pattern) nombra salas críticas (\(criticalNames)); solo un admin puede")
        return [PlanObjection(.refusal(option: "override-critical"), words)]
    }
}

extension Figures {
    /// Messages a second, without places that say nothing.
    package static func messages(_ perSecond: Double) -> SafeText {
        guard perSecond != perSecond.rounded() else { return exact(whole(perSecond)) }
        let hundredths = whole((perSecond * 100).rounded())
        let (units, rest) = (hundredths / 100, hundredths % 100)
        return exact(units) + (rest < 10 ? ".0" : ".") + exact(rest)
    }
}
