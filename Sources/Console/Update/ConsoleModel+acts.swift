import AdminAPI
import FleetModel
import Terminal

// MARK: - What may be done

extension ConsoleModel {
    /// The workers that an act is for: those marked, or the selected one; on a worker's page that one.
    var targets: [WorkerID] {
        if let worker = (page as? WorkerPage)?.worker { return [worker] }
        guard let page = page as? FleetPage else { return [] }
        let marked = page.workers.marked
        guard marked.isEmpty else { return marked.sorted().map { WorkerID($0) } }
        return page.selectedWorker(context).map { [$0] } ?? []
    }

    /// By what is known at this moment, whatever time is looked at.
    var canDrain: Bool { !targets.isEmpty && targets.allSatisfy(isDrainable) }

    var canUndrain: Bool { !targets.isEmpty && targets.allSatisfy(isUndrainable) }

    private func isDrainable(_ worker: WorkerID) -> Bool {
        guard let record = live.fleet.workers[worker] else { return false }
        return record.link == .live && record.sample?.drain == nil && record.sample?.state == .active
    }

    private func isUndrainable(_ worker: WorkerID) -> Bool {
        guard let record = live.fleet.workers[worker], let drain = record.sample?.drain else { return false }
        return record.link == .live && drain.cause == .operator
    }

    var situation: ActSituation {
        ActSituation(fleet: live.fleet, operations: live.operations, answers: live.answers, now: live.now)
    }
}

// MARK: - The form

extension ConsoleModel {
    /// Asks about an act, or says in the bottom line why there is nothing to ask.
    mutating func ask(_ action: Action) -> [ConsoleEffect] {
        if let refusal = refusal(of: action) {
            hint = refusal
        } else if let subject = subject(of: action) {
            return ask(subject)
        } else {
            hint = HintWords.notHere(KeyWords.help(action))
        }
        return []
    }

    mutating func ask(_ subject: any ActSubject) -> [ConsoleEffect] {
        guard !isTerse || subject.asksAtOnce else {
            hint = HintWords.needsScreen(TerseView.leastSize.columns, TerseView.leastSize.rows)
            return []
        }
        overlay = .act(ActForm(subject, situation))
        return fetchWishes()
    }

    private func refusal(of action: Action) -> SafeText? {
        if hasSeveralContexts { return ContextWords.oneOnly }
        let least = action.leastRole(isSafetyEngaged: live.operations.isSafetyEngaged)
        if let least, let role = live.operations.role, role < least {
            return HintWords.role(SafeText(least.rawValue), SafeText(role.rawValue))
        }
        if action.isAboutWorkers, (page as? FleetPage)?.focus == .rooms { return HintWords.workersFirst }
        if action == .drain, let worker = targets.first(where: { !isDrainable($0) }) {
            return HintWords.cannotDrain(SafeText(worker), fleetWord(for: worker))
        }
        if action == .undrain, let worker = targets.first(where: { !isUndrainable($0) }) {
            return HintWords.cannotUndrain(SafeText(worker), fleetWord(for: worker))
        }
        return live.fleet.workers.isEmpty ? HintWords.noWorker : nil
    }

    /// nil for what is no act, or has nothing to act on.
    private func subject(of action: Action) -> (any ActSubject)? {
        switch action {
        case .drain: targets.isEmpty ? nil : DrainAct(workers: targets)
        case .undrain: targets.isEmpty ? nil : UndrainAct(workers: targets)
        case .safety: SafetyAct(engages: !live.operations.isSafetyEngaged)
        case .rebalance: RebalanceAct(fleetName: fleetName)
        case .throttle: ThrottleAct(pattern: selectedPattern)
        case .clearThrottle: selectedThrottle.map { ThrottleClearAct(pattern: $0) }
        case .broadcast: BroadcastAct(room: selectedRoom, unique: uniqueText)
        case .breaker: breakerAct
        case .kick: kickAct
        case .drill: DrillAct()
        case .cancelOperation, .takeOver, .mark, .filter, .follow, .pause, .columns, .wide, .split, .zoom, .highlight,
            .mouse, .theme, .copy, .export, .sortNext, .sortPrevious, .invertSort, .switchFocus, .switchHalf, .dismiss,
            .bigKeys, .hotKeys, .up, .down, .left, .right, .first, .last, .open, .back, .pageUp, .pageDown, .lookBack,
            .stepBack, .stepForward, .begin, .jump, .faster, .slower, .play, .command, .menu, .help, .redraw, .quit,
            .suspend, .operations, .events:
            nil
        }
    }

    private func fleetWord(for worker: WorkerID) -> SafeText {
        live.snapshot.row(of: worker)?.figures.stateWord ?? HintWords.gone
    }

    mutating func press(_ key: Key, in form: ActForm) -> [ConsoleEffect] {
        var form = form
        switch form.press(key, situation, isTerse: isTerse) {
        case .none:
            overlay = .act(form)
            return fetchWishes()
        case .leave: overlay = nil
        case .act(let request):
            pages.root.workers.marked = []
            if page.kind == .fleet { page.table?.marked = [] }
            return [begin(request)]
        }
        return []
    }

    /// The plan follows the fleet while its question stands.
    mutating func replan() {
        guard case .act(var form) = overlay else { return }
        form.replan(situation)
        overlay = .act(form)
    }
}

// MARK: - What comes of it

extension ConsoleModel {
    mutating func begin(_ request: ActRequest) -> ConsoleEffect {
        live.askOperationsSoon()
        let id = acts.begin(request.words, at: now)
        if case .broadcast(let plan) = request { overlay = .delivery(DeliveryBox(id, plan)) } else { overlay = nil }
        return .begin(request, id)
    }

    mutating func hear(_ news: ActNews) {
        switch news {
        case .led(let id, let record):
            acts.leads(record.id, by: id)
            let before = live.operations
            live.tell { $0.hear(record) }
            noteFailures(since: before)
        case .delivered(let id, let delivery): change(id) { $0.delivery = delivery }
        case .kept(let operation, .success(let path)):
            acts.keep(report: SafeText(path), of: operation)
            live.log.append(live.line(.fine, nil, DrillActWords.reportSaved(SafeText(path))))
        case .kept(_, .failure(let error)): fail(SafeText(error.message))
        case .ended(let id, let result): end(id, result)
        case .partlyDone(let id, let words): endInPart(id, SafeText(words))
        }
    }

    /// The box of a message that is still looked at.
    private mutating func change(_ id: ActID, _ change: (inout DeliveryBox) -> Void) {
        guard case .delivery(var box) = overlay, box.id == id else { return }
        change(&box)
        overlay = .delivery(box)
    }

    private mutating func endInPart(_ id: ActID, _ words: SafeText) {
        live.askOperationsSoon()
        let act = acts.end(id)
        change(id) { $0.ending = (words, isWhole: false) }
        fail(ActWords.partlyDone(act?.words ?? ActWords.anOperation, words))
    }

    private mutating func end(_ id: ActID, _ result: Result<String, AdminError>) {
        live.askOperationsSoon()
        let act = acts.end(id)
        switch result {
        case .success(let words):
            change(id) { $0.ending = (SafeText(words), isWhole: true) }
            guard let act else { return }
            let outcome: SafeText = "\(act.words): \(SafeText(words))"
            live.log.append(live.line(.fine, nil, outcome))
            // The events are not on every page.
            hint = outcome
        case .failure(let error):
            change(id) { $0.ending = (SafeText(error.message), isWhole: false) }
            fail(ActWords.failed(act?.words ?? ActWords.anOperation, SafeText(error.message)))
        }
    }

    mutating func fail(_ words: SafeText) {
        acts.fail(words, at: now)
        live.log.append(live.line(.warning, nil, words))
    }
}
