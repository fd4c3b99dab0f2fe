/// How much a message matters: decides its lane, its guarantees, and what may be done to it under pressure.
package enum Criticality: String, Sendable, Codable, CaseIterable, Comparable {
    case critical
    case important
    case bestEffort = "best_effort"

    /// Most critical first.
    package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .critical: 0
        case .important: 1
        case .bestEffort: 2
        }
    }
}

/// One value for each class of criticality.
package struct ByClass<Value: Sendable & Equatable & Codable>: Sendable, Equatable, Codable {
    package var critical: Value
    package var important: Value
    package var bestEffort: Value

    package init(critical: Value, important: Value, bestEffort: Value) {
        self.critical = critical
        self.important = important
        self.bestEffort = bestEffort
    }

    package init(repeating value: Value) {
        self.init(critical: value, important: value, bestEffort: value)
    }

    package subscript(_ criticality: Criticality) -> Value {
        get {
            switch criticality {
            case .critical: critical
            case .important: important
            case .bestEffort: bestEffort
            }
        }
        set {
            switch criticality {
            case .critical: critical = newValue
            case .important: important = newValue
            case .bestEffort: bestEffort = newValue
            }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case critical, important
        case bestEffort = "best_effort"
    }
}

extension ByClass where Value: AdditiveArithmetic {
    package var total: Value { critical + important + bestEffort }
}
