import FleetModel

/// The words for the steps and causes of a drain.
enum DrainWords {
    static func phase(_ phase: DrainPhase) -> SafeText {
        switch phase {
        case .refusing: "refusing new"
        case .announcing: "telling clients"
        case .grace: "clients leave"
        case .closing: "closing"
        case .drained: "drained"
        }
    }

    static func cause(_ cause: DrainCause) -> SafeText {
        switch cause {
        case .operator: "by"
        case .shutdown: "shutdown by"
        }
    }
}
