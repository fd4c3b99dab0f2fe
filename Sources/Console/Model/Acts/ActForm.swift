import FleetModel
import Terminal

/// The question before an act. What it is about was fixed when it was opened, whatever is selected later.
package struct ActForm: Sendable {
    let subject: any ActSubject
    package private(set) var fields: [ActField]
    /// Which field is typed into; the one after the last is the confirmation.
    package private(set) var focus = 0
    private(set) var confirmation = TextField(maximumLength: ActField.maximumName)
    /// By what is typed; nil until it makes sense for the first time.
    private(set) var plan: ActProposal?
    /// What is wrong with the text of a field, if anything.
    private(set) var fieldComplaint: ActComplaint?
    /// What stands in the way of the last Enter.
    private(set) var complaint: SafeText?

    /// An override may lay bare the next refusal.
    private static let mostOverrides = 3

    init(_ subject: any ActSubject, _ situation: ActSituation) {
        self.subject = subject
        fields = subject.fields
        // What is known already is not typed again.
        focus = subject.asksAtOnce ? fields.count : fields.firstIndex { $0.text.text.isEmpty } ?? 0
        replan(situation)
    }

    /// What must be typed for it to be done; nil while it is refused.
    package var expected: ActConfirmation? {
        guard let plan, fieldComplaint == nil, !plan.isRefused else { return nil }
        return plan.confirmation
    }

    /// What workers must be asked for the plan.
    var wishes: [Wish] { isBeingAskedAbout ? [] : subject.wishes(ActAnswers(fields)) }

    /// What is typed right now is what workers will be asked about.
    private var isBeingAskedAbout: Bool { fields.indices.contains(focus) && fields[focus].isAskedAbout }

    var isAtConfirmation: Bool { focus == fields.count }

    /// Whether Enter would do it.
    var isReady: Bool {
        guard isAtConfirmation, case .typed(let words) = expected else { return false }
        return SafeText(confirmation.trimmed) == words
    }

    /// Makes the plan anew from what is typed and what the fleet is like.
    mutating func replan(_ situation: ActSituation) {
        var answers = ActAnswers(fields)
        do throws(ActComplaint) {
            var plan = try subject.plan(answers, situation)
            for _ in 0..<Self.mostOverrides {
                guard let options = plan.overrides, !options.isEmpty else { break }
                answers.overrides.formUnion(options)
                plan = try subject.plan(answers, situation)
            }
            plan.confirmation = plan.confirmation.after(answers.overrides)
            self.plan = plan
            fieldComplaint = nil
        } catch {
            fieldComplaint = error
            // What follows from something else says nothing of this.
            if error.kind == .awaited { plan = nil }
        }
    }
}

// MARK: - Keys

extension ActForm {
    mutating func insert(_ text: String, intoFieldAt index: Int) {
        complaint = nil
        fields[index].text.insert(text)
    }

    /// What a key leads to.
    enum Answer {
        case none
        case leave
        case act(ActRequest)
    }

    mutating func move(by step: Int) {
        focus = (focus + step + fields.count + 1) % (fields.count + 1)
        complaint = nil
    }

    /// - Parameter isTerse: the screen shows no fields, so that nothing can be typed into them.
    mutating func press(_ key: Key, _ situation: ActSituation, isTerse: Bool) -> Answer {
        switch key {
        case .escape: return .leave
        case .enter: return isTerse ? .none : enter(situation)
        case .tab, .down: move(by: 1)
        case .backTab, .up: move(by: -1)
        default: return type(key, situation, isTerse: isTerse)
        }
        return .none
    }

    private mutating func type(_ key: Key, _ situation: ActSituation, isTerse: Bool) -> Answer {
        if isAtConfirmation, expected == .yes || plan?.confirmation == .yes { return answer(key, situation) }
        guard !isTerse else { return .none }
        complaint = nil
        if isAtConfirmation {
            _ = confirmation.take(key)
        } else if fields[focus].choose(by: key) || fields[focus].text.take(key) {
            replan(situation)
        }
        return .none
    }

    /// A key at a question of yes or no.
    private mutating func answer(_ key: Key, _ situation: ActSituation) -> Answer {
        switch key {
        case .character("y"), .character("Y"):
            replan(situation)
            return act()
        case .character("n"), .character("N"), .character("q"): return .leave
        default: return .none
        }
    }

    /// Enter: on to the next field, or out of the last one with what is to be done.
    private mutating func enter(_ situation: ActSituation) -> Answer {
        guard isAtConfirmation else {
            move(by: 1)
            return .none
        }
        replan(situation)
        guard plan?.confirmation != .yes || objection != nil else {
            complaint = ActFormWords.enterDoesNothing
            return .none
        }
        return act()
    }

    private mutating func act() -> Answer {
        complaint = objection
        guard complaint == nil, let plan else { return .none }
        return .act(plan.request)
    }

    private var objection: SafeText? {
        if let fieldComplaint { return fieldComplaint.words }
        switch expected {
        case nil: return ActFormWords.refused
        case .yes: return nil
        case .typed(let words): return isReady ? nil : ActFormWords.isNot(words)
        }
    }
}

extension ActConfirmation {
    /// Whoever overrides a refusal says so: the options come first.
    fileprivate func after(_ overrides: Set<SafeText>) -> ActConfirmation {
        guard !overrides.isEmpty else { return self }
        let options = SafeText(overrides.map(\.text).sorted().joined(separator: " "))
        switch self {
        case .yes: return .typed(options)
        case .typed(let words): return .typed("\(options) \(words)")
        }
    }
}
