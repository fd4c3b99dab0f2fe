import FleetModel
import Terminal

extension ConsoleModel {
    mutating func press(_ key: Key) -> [ConsoleEffect] {
        hint = nil
        if key == .control("c") { return quit() }
        if key == .control("l") { return [.redraw] }
        if key == .control("z") { return [.suspend] }
        if let overlay { return press(key, in: overlay) }
        if case .character(let digit) = key, let kind = PageKind(digit: digit, isSecond: false) { return go(to: kind) }
        guard let action = keymap.action(for: key, on: page.kind, inThePast: past != nil) else { return ignore(key) }
        return perform(action)
    }

    private mutating func ignore(_ key: Key) -> [ConsoleEffect] {
        if case .character = key { hint = HintWords.noMeaning(key.words) }
        return []
    }

    private mutating func press(_ key: Key, in overlay: Overlay) -> [ConsoleEffect] {
        switch overlay {
        case .filter(let field): type(key, intoFilter: field)
        case .command(let line): return type(key, into: line)
        case .act(let form): return press(key, in: form)
        case .delivery: pressWhileDelivering(key)
        case .columns(let chooser): return press(key, in: chooser)
        case .menu(let opensBelow): return press(key, inMenu: opensBelow)
        case .export(let field): return type(key, intoExport: field)
        case .jump(let field): return type(key, intoJump: field)
        case .quitting: return pressWhileQuitting(key)
        }
        return []
    }

    /// The message goes on its way, whoever looks.
    private mutating func pressWhileDelivering(_ key: Key) {
        switch key {
        case .escape, .enter, .character("q"): overlay = nil
        default: break
        }
    }

    /// First the page's own meaning, then the one that tables have everywhere, then the console's.
    mutating func perform(_ action: Action) -> [ConsoleEffect] {
        if let refusal = pastRefusal(of: action) {
            hint = refusal
            return []
        }
        var page = page
        let answer = page.perform(action, context)
        self.page = page
        if let effects = take(answer) { return effects }
        return performOnTable(action) ?? performAnywhere(action)
    }

    /// - Returns: nil for what is not the page's affair.
    mutating func take(_ answer: PageAnswer) -> [ConsoleEffect]? {
        switch answer {
        case .ignored: return nil
        // What the page now looks at may have to be asked for.
        case .done: return fetchWishes()
        case .hint(let words):
            hint = words
            return []
        case .open(let page): return open(page)
        case .ask(let subject): return ask(subject)
        case .effects(let effects): return effects
        }
    }

    private mutating func performAnywhere(_ action: Action) -> [ConsoleEffect] {
        switch action {
        case .quit: return quit()
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .drain, .undrain, .rebalance, .throttle, .broadcast, .breaker, .kick, .drill, .safety, .clearThrottle,
            .cancelOperation, .takeOver:
            return ask(action)
        case .operations: return toggle(.operations)
        case .events: return toggle(.events)
        case .help: return toggle(.help)
        case .back: return goBack()
        case .command:
            overlay = .command(CommandLine())
            return [.lookUpNames]
        case .menu: overlay = .menu(opensBelow: false)
        case .split: toggleSplit()
        case .switchHalf: second?.hasKeys.toggle()
        case .pause, .lookBack, .stepForward, .stepBack, .begin, .jump, .play, .faster, .slower:
            return performInTime(action)
        case .dismiss: acts.dismissFailure()
        case .wide: return change { $0.isWide.toggle() }
        case .highlight: return change { $0.highlightsChanges.toggle() }
        case .mouse: return change { $0.isMouseOn.toggle() } + [.mouse(preferences.isMouseOn)]
        case .theme: return nextTheme()
        case .mark, .filter, .follow, .columns, .copy, .export, .sortNext, .sortPrevious, .invertSort, .switchFocus,
            .zoom, .up, .down, .left, .right, .first, .last, .pageUp, .pageDown, .open, .bigKeys, .hotKeys:
            hint = HintWords.notHere(KeyWords.help(action))
        }
        return []
    }

    /// Everything that changes the fleet is for the present.
    private func pastRefusal(of action: Action) -> SafeText? {
        guard past != nil, action.leastRole(isSafetyEngaged: false) != nil else { return nil }
        return isReplay ? TimeWords.replayRefusal : HintWords.past
    }

    /// The key that leads to a page leads back from it.
    private mutating func toggle(_ kind: PageKind) -> [ConsoleEffect] {
        page.kind == kind ? goBack() : open(kind.page(preferences))
    }

    private mutating func goBack() -> [ConsoleEffect] {
        if second?.hasKeys ?? false {
            second = nil
        } else if pages.pop() {
            return askAtOnce()
        } else if past != nil, !isReplay {
            leavePast()
        } else {
            pages.root.workers.goBack()
        }
        return askAtOnce()
    }

    /// Changes what is kept for the next start, and keeps it.
    mutating func change(_ change: (inout Preferences) -> Void) -> [ConsoleEffect] {
        change(&preferences)
        return [.save(preferences)]
    }

    private mutating func nextTheme() -> [ConsoleEffect] {
        let names = ThemeNames.shipped
        let index = names.firstIndex(of: preferences.theme ?? names[0]) ?? 0
        return [.theme(names[(index + 1) % names.count])]
    }

    /// One that could not be read is not chosen.
    mutating func keep(theme: String) -> [ConsoleEffect] {
        hint = HintWords.theme(SafeText(theme))
        return change { $0.theme = theme }
    }
}

extension TableState {
    /// One step: first what is marked, then what is filtered away.
    mutating func goBack() {
        if marked.isEmpty { filter = .everything } else { marked = [] }
    }
}

// MARK: - The menu of pages

extension ConsoleModel {
    private mutating func press(_ key: Key, inMenu opensBelow: Bool) -> [ConsoleEffect] {
        overlay = nil
        guard case .character(let digit) = key, let kind = PageKind(digit: digit, isSecond: !opensBelow) else {
            return []
        }
        return opensBelow ? split(with: kind) : go(to: kind)
    }
}
