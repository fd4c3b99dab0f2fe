import FleetModel

/// A line of the help.
enum HelpLine {
    case title(SafeText)
    case entry(SafeText, SafeText)
    case line(SafeText)
    case blank
}

/// The keys as the help lists them: first those of the page that it was opened from, then those that are in force
/// there as everywhere, then those of other pages.
struct HelpKeys {
    let keymap: Keymap
    let page: PageKind

    var lines: [HelpLine] { here + everywhere + elsewhere }

    private var here: [HelpLine] {
        section(KeyWords.here(page), bindings.filter { $0.pages?.contains(page) ?? false }.map { entry($0) })
    }

    private var everywhere: [HelpLine] {
        keymap.groups.flatMap { group in
            section(group.title, group.bindings.filter { $0.pages == nil && isInForce($0) }.map { entry($0) })
        }
    }

    private var elsewhere: [HelpLine] {
        let others = bindings.filter { !($0.pages?.contains(page) ?? true) || $0.pages == nil && !isInForce($0) }
        return section(KeyWords.elsewhere, others.map { entry($0, of: $0.pages) })
    }

    private var bindings: [Binding] { keymap.bindings }

    /// No key of the page's own stands before its first.
    private func isInForce(_ binding: Binding) -> Bool {
        guard let key = binding.keys.first else { return true }
        return keymap.action(for: key, on: page, inThePast: binding.isOfThePast) == binding.action
    }

    private func section(_ title: SafeText, _ lines: [HelpLine]) -> [HelpLine] {
        lines.isEmpty ? [] : [.title(title)] + lines + [.blank]
    }

    private func entry(_ binding: Binding, of pages: Set<PageKind>? = nil) -> HelpLine {
        let keys = SafeText(binding.keys.map(\.words.text).joined(separator: " "))
        let places = PageKind.allCases.filter { pages?.contains($0) ?? false }.map { PageWords.name($0).text }
        let names = SafeText(places.joined(separator: ", "))
        let place: SafeText = names.isEmpty ? "" : "\(names): "
        return .entry(keys, "\(KeyWords.mark(binding.action.effect))\(place)\(binding.words)")
    }
}
