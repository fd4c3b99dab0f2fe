import AdminAPI
import FleetModel
import Terminal

// MARK: - What may be done

extension ConsoleModel {
    /// The workers that an act is for: those marked, or the selected one.
    var targets: [WorkerID] { marked.isEmpty ? selected.map { [$0] } ?? [] : marked.sorted() }

    /// By what is known at this moment, paused or not.
    var canDrain: Bool { !targets.isEmpty && targets.allSatisfy(isDrainable) }

    var canUndrain: Bool { !targets.isEmpty && targets.allSatisfy(isUndrainable) }

    private func isDrainable(_ worker: WorkerID) -> Bool {
        guard let record = fleet.workers[worker] else { return false }
        return record.link == .live && record.sample?.drain == nil && record.sample?.state == .active
    }

    private func isUndrainable(_ worker: WorkerID) -> Bool {
        guard let record = fleet.workers[worker], let drain = record.sample?.drain else { return false }
        return record.link == .live && drain.cause == .operator
    }

    var situation: ActSituation { ActSituation(fleet: fleet, operations: operations) }
}

// MARK: - The form

extension ConsoleModel {
    /// Asks about an act, or says in the bottom line why there is nothing to ask.
    mutating func open(_ action: Action) {
        if let refusal = refusal(of: action) {
            hint = refusal
        } else if let subject = subject(of: action) {
            open(subject, over: .overview)
        }
    }

    mutating func open(_ subject: any ActSubject, over below: Mode) {
        let form = ActForm(subject, situation)
        guard !isTerse || subject.asksAtOnce else {
            hint = "This needs a screen of \(TerseView.leastSize.columns)x\(TerseView.leastSize.rows)"
            return
        }
        mode = .act(form, over: below)
    }

    private func refusal(of action: Action) -> SafeText? {
        let least = action.leastRole(isSafetyEngaged: operations.isSafetyEngaged)
        if let least, let role = operations.role, role < least {
            return "This takes the role \(SafeText(least.rawValue)); you are \(SafeText(role.rawValue)) here"
        }
        if action == .drain, let worker = targets.first(where: { !isDrainable($0) }) {
            return "\(worker) cannot be drained: it is \(fleetWord(for: worker))"
        }
        if action == .undrain, let worker = targets.first(where: { !isUndrainable($0) }) {
            return "\(worker) cannot be undrained: it is \(fleetWord(for: worker))"
        }
        return fleet.workers.isEmpty ? "There is no worker to act on" : nil
    }

    /// nil for what is no act, or has nothing to act on.
    private func subject(of action: Action) -> (any ActSubject)? {
        switch action {
        case .drain: targets.isEmpty ? nil : DrainAct(workers: targets)
        case .undrain: targets.isEmpty ? nil : UndrainAct(workers: targets)
        case .safety: SafetyAct(engages: !operations.isSafetyEngaged)
        case .rebalance: RebalanceAct(fleetName: fleetName)
        case .operations, .mark, .filter, .sortNext, .sortPrevious, .invertSort, .follow, .pause, .switchFocus,
            .events, .dismiss, .up, .down, .pageUp, .pageDown, .first, .last, .redraw, .help, .back, .quit:
            nil
        }
    }

    private func fleetWord(for worker: WorkerID) -> SafeText {
        live.row(of: worker)?.figures.stateWord ?? "gone"
    }

    mutating func press(_ key: Key, in form: ActForm, over below: Mode) -> [ConsoleEffect] {
        var form = form
        switch form.press(key, situation, isTerse: isTerse) {
        case .none: mode = .act(form, over: below)
        case .leave: mode = below
        case .act(let request):
            mode = below
            marked = []
            return [begin(request)]
        }
        return []
    }

    /// The plan follows the fleet while its question stands.
    mutating func replan() {
        guard case .act(var form, let below) = mode else { return }
        form.replan(situation)
        mode = .act(form, over: below)
    }
}

// MARK: - What comes of it

extension ConsoleModel {
    mutating func begin(_ request: ActRequest) -> ConsoleEffect {
        operations.askSoon()
        return .begin(request, acts.begin(request.words, at: now))
    }

    mutating func hear(_ news: ActNews) {
        switch news {
        case .led(let id, let record):
            acts.leads(record.id, by: id)
            tell { $0.hear(record) }
        case .ended(let id, let result): end(id, result)
        }
    }

    private mutating func end(_ id: ActID, _ result: Result<String, AdminError>) {
        operations.askSoon()
        let act = acts.end(id)
        switch result {
        case .success(let words):
            guard let act else { return }
            log.append(line(.fine, nil, "\(act.words): \(SafeText(words))"))
        case .failure(let error):
            fail("\(act?.words ?? "an operation") failed: \(SafeText(error.message))")
        }
    }

    mutating func fail(_ words: SafeText) {
        acts.fail(words, at: now)
        log.append(line(.warning, nil, words))
    }
}
