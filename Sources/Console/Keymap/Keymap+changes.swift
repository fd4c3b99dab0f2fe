import FleetModel
import Terminal

extension Keymap {
    /// These keys with an operator's changes. A change that cannot be made leaves the keys of its action as they were.
    package func changed(by changes: [KeyChange]) -> (keymap: Keymap, complaints: [KeyComplaint]) {
        var complaints: [KeyComplaint] = []
        var wanted: [ResolvedKeyChange] = []
        for change in changes {
            do throws(KeyComplaint.Reason) {
                wanted.append(try ResolvedKeyChange(change))
            } catch {
                complaints.append(KeyComplaint(change, error))
            }
        }
        // Each turn takes one change back, which may free a key for another or take it.
        var groups = wanted.reduce(groups) { $1.applied(to: $0) }
        while let clash = Self.clash(in: groups, wanted) {
            complaints.append(KeyComplaint(wanted[clash.change].change, .init(clash.words)))
            wanted.remove(at: clash.change)
            groups = wanted.reduce(self.groups) { $1.applied(to: $0) }
        }
        return (Keymap(groups), complaints)
    }

    /// A key with two meanings in one place. On a page a key may mean something else than elsewhere.
    private static func clash(
        in groups: [BindingGroup], _ changes: [ResolvedKeyChange]
    ) -> (change: Int, words: SafeText)? {
        var owners: [Place: Action] = [:]
        for binding in groups.flatMap(\.bindings) {
            for place in binding.places {
                guard let owner = owners[place], owner != binding.action else {
                    owners[place] = binding.action
                    continue
                }
                // Of two that were changed, the later one in the file gives way.
                let involved = changes.lastIndex { [owner, binding.action].contains($0.action) && $0.touches(place) }
                guard let involved else { continue }
                let other = changes[involved].action == owner ? binding.action : owner
                return (involved, KeysFileWords.taken(place.key.words, by: SafeText(other.rawValue)))
            }
        }
        return nil
    }

    /// Keys that mean the same whatever a file says: the ways out must not be lost.
    static let fixed: [Key: Action] = [.control("c"): .quit, .control("l"): .redraw, .control("z"): .suspend]
}

extension Binding {
    /// Wherever the binding holds.
    var places: [Keymap.Place] {
        keys.flatMap { key in
            (pages.map { $0.map(Optional.some) } ?? [nil]).map {
                Keymap.Place(key: key, page: $0, isOfThePast: isOfThePast)
            }
        }
    }
}

extension KeyComplaint {
    /// The words alone; where it stands is known to whoever catches it.
    fileprivate struct Reason: Error {
        let words: SafeText

        init(_ words: SafeText) {
            self.words = words
        }
    }

    fileprivate init(_ change: KeyChange, _ reason: Reason) {
        self.init(line: change.line, path: change.path, problem: reason.words)
    }
}

/// A change whose names are all known.
private struct ResolvedKeyChange {
    let change: KeyChange
    let action: Action
    let keys: [Key]
    let page: PageKind?

    init(_ change: KeyChange) throws(KeyComplaint.Reason) {
        self.change = change
        guard let action = Action(rawValue: change.action) else {
            throw .init(KeysFileWords.unknownAction(SafeText(change.action), Self.near(change.action)))
        }
        self.action = action
        page = try change.page.map { name throws(KeyComplaint.Reason) in try Self.page(name) }
        var keys: [Key] = []
        for name in change.keys {
            let key = try Self.key(name, for: action)
            if !keys.contains(key) { keys.append(key) }
        }
        if page == nil { keys += Keymap.fixed.filter { $0.value == action && !keys.contains($0.key) }.keys }
        self.keys = keys
    }

    private static func page(_ name: String) throws(KeyComplaint.Reason) -> PageKind {
        guard let page = PageKind(rawValue: name) else {
            throw .init(KeysFileWords.unknownPage(SafeText(name), PageKind.allCases.map { SafeText($0.rawValue) }))
        }
        return page
    }

    private static func key(_ name: String, for action: Action) throws(KeyComplaint.Reason) -> Key {
        guard let key = Key(name: name) else { throw .init(KeysFileWords.unknownKey(SafeText(name))) }
        if case .character(let digit) = key, PageKind(digit: digit, isSecond: false) != nil {
            throw .init(KeysFileWords.digit(key.words))
        }
        if let owner = Keymap.fixed[key], owner != action { throw .init(KeysFileWords.fixed(key.words)) }
        return key
    }

    private static func near(_ name: String) -> [SafeText] {
        let close = Action.allCases.map { ($0.rawValue, EditDistance.between(name, $0.rawValue)) }
            .filter { $0.1 <= max(2, name.count / 3) || $0.0.hasPrefix(name) }
        return close.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(3).map { SafeText($0.0) }
    }

    func touches(_ place: Keymap.Place) -> Bool { keys.contains(place.key) && (page == nil || page == place.page) }

    func applied(to groups: [BindingGroup]) -> [BindingGroup] {
        groups.map { group in
            var group = group
            group.bindings = group.bindings.flatMap { $0.action == action ? changed($0) : [$0] }
            if let page, !isBound(on: page, in: groups),
                let index = group.bindings.firstIndex(where: { $0.action == action })
            {
                // Before the one that holds everywhere, so that the bottom line of the page names it.
                group.bindings.insert(Binding(action: action, keys: keys, pages: [page]), at: index)
            }
            return group
        }
    }

    private func isBound(on page: PageKind, in groups: [BindingGroup]) -> Bool {
        groups.flatMap(\.bindings).contains { $0.action == action && $0.pages?.contains(page) ?? false }
    }

    private func changed(_ binding: Binding) -> [Binding] {
        guard let page else {
            var binding = binding
            binding.keys = keys
            return [binding]
        }
        guard var pages = binding.pages, pages.remove(page) != nil else { return [binding] }
        var (here, elsewhere) = (binding, binding)
        (here.pages, here.keys, elsewhere.pages) = ([page], keys, pages)
        return pages.isEmpty ? [here] : [here, elsewhere]
    }
}
