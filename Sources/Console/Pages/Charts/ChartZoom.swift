import FleetModel

/// Where the operator is in a page's charts: which is looked at, how long its columns are, and where the cursor stands.
struct ChartZoom: Sendable, Equatable {
    /// What a column may stand for, shortest first.
    let steps: [Duration]
    /// One chart has the whole page, and the keys.
    private(set) var isOn = false
    private(set) var chart = 0
    private var stepIndex = 0
    /// The moment that is looked at; it stays where it is while time goes on. nil for the present.
    private(set) var cursor: UnixTime?

    init(steps: [Duration]) {
        self.steps = steps
    }

    var step: Duration { steps[min(stepIndex, steps.count - 1)] }

    /// - Parameters:
    ///   - charts: how many there are to go through.
    ///   - columns: how many of them the cursor may go back.
    /// - Returns: false for what is not the zoom's affair.
    mutating func perform(_ action: Action, charts: Int, columns: Int, now: UnixTime) -> Bool {
        if action == .zoom {
            isOn.toggle()
            cursor = nil
            return true
        }
        guard isOn else { return false }
        switch action {
        case .back: (isOn, cursor) = (false, nil)
        case .left: move(by: -1, columns, now)
        case .right: move(by: 1, columns, now)
        case .first: move(by: -columns, columns, now)
        case .last: cursor = nil
        case .up: chart = (chart + charts - 1) % max(charts, 1)
        case .down: chart = (chart + 1) % max(charts, 1)
        case .pageUp: choose(stepIndex + 1)
        case .pageDown: choose(stepIndex - 1)
        default: return false
        }
        return true
    }

    /// Columns between the one that is looked at and the newest.
    func age(at now: UnixTime) -> Int {
        cursor.map { max(0, Int(clamping: now.slot(step) - $0.slot(step))) } ?? 0
    }

    private mutating func move(by columns: Int, _ most: Int, _ now: UnixTime) {
        let age = max(0, min(age(at: now) - columns, most - 1))
        cursor = age == 0 ? nil : now.advanced(by: .zero - step * age)
    }

    private mutating func choose(_ index: Int) { stepIndex = max(0, min(index, steps.count - 1)) }
}
