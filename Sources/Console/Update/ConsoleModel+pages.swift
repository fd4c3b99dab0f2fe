import AdminAPI
import FleetModel
import Terminal

// MARK: - The page that is looked at

extension ConsoleModel {
    /// The page that has the keys.
    var page: any ConsolePage {
        get {
            guard let second, second.hasKeys else { return pages.top }
            return second.page
        }
        set {
            if second?.hasKeys ?? false { second?.page = newValue } else { pages.top = newValue }
        }
    }

    private var isSecondActive: Bool { second?.hasKeys ?? false }

    /// What the page that has the keys is shown.
    var context: PageContext { isSecondActive ? secondContext : topContext }

    var topContext: PageContext {
        let mark = SafeText(String(glyphs.crumb))
        var context = context(
            in: second == nil ? layout.page : layout.halves.upper, hasFocus: !isSecondActive,
            crumbs: pages.crumbs(mark))
        context.from = pages.pages.dropLast().last?.kind ?? .fleet
        return context
    }

    var secondContext: PageContext {
        var context = context(
            in: layout.halves.lower, hasFocus: isSecondActive, crumbs: second?.page.title ?? "")
        context.from = pages.top.kind
        return context
    }

    private func context(in area: Rect, hasFocus: Bool, crumbs: SafeText) -> PageContext {
        PageContext(
            world: shown, live: present, acts: acts, area: area, glyphs: glyphs, keymap: keymap,
            preferences: preferences, places: fleetPlaces, fleetName: fleetName,
            chosenWorker: pages.root.workers.chosen.map { WorkerID($0) }, isPast: past != nil, contexts: contexts,
            hasFocus: hasFocus, crumbs: crumbs)
    }

    /// Brings the pages on the screen in step with the world and with its size.
    mutating func refreshPages() {
        let context = topContext
        pages.top.refresh(context)
        // The smallest screens show the fleet's workers, whatever page is on top.
        if isTerse, !pages.isAtRoot { pages.root.refresh(context) }
        guard second != nil else { return }
        let lower = secondContext
        second?.page.refresh(lower)
    }
}

// MARK: - Going from page to page

extension ConsoleModel {
    mutating func go(to kind: PageKind) -> [ConsoleEffect] {
        show(kind.page(preferences)) { $0.go(to: $1) }
    }

    /// Goes to a page as it is given, also where there is one of its kind and title on the way.
    mutating func go(to page: any ConsolePage) -> [ConsoleEffect] {
        show(page) { pages, page in
            pages.go(to: page)
            pages.top = page
        }
    }

    /// Opens a page on top of the one that is looked at; Esc leads back.
    mutating func open(_ page: any ConsolePage) -> [ConsoleEffect] {
        show(page) { $0.push($1) }
    }

    private mutating func show(
        _ page: any ConsolePage, _ place: (inout PageStack, any ConsolePage) -> Void
    ) -> [ConsoleEffect] {
        if isSecondActive { second?.page = page } else { place(&pages, page) }
        return askAtOnce()
    }

    /// What a page wants to know when it is opened does not wait for the next second.
    mutating func askAtOnce() -> [ConsoleEffect] {
        refreshPages()
        if page.kind == .operations { live.askOperationsSoon() }
        return askOperations() + fetchWishes()
    }

    mutating func toggleSplit() {
        if second == nil {
            overlay = .menu(opensBelow: true)
        } else {
            second = nil
        }
    }

    mutating func split(with kind: PageKind) -> [ConsoleEffect] {
        second = SecondPage(page: kind.page(preferences))
        return askAtOnce()
    }
}

// MARK: - Asking

extension ConsoleModel {
    /// What the pages on the screen, and the form over them, want to know and do not yet.
    mutating func fetchWishes() -> [ConsoleEffect] {
        var wishes = pages.top.wishes(topContext)
        if let second { wishes += second.page.wishes(secondContext) }
        if case .act(let form) = overlay { wishes += form.wishes }
        return wishes.compactMap { fetch($0) }
    }

    private mutating func fetch(_ wish: Wish) -> ConsoleEffect? {
        let workers = live.workers(for: wish, contexts: contexts)
        guard !workers.isEmpty, live.answers.ask(wish.query, every: wish.every, at: now) else { return nil }
        return .fetch(wish.query, of: workers)
    }
}
