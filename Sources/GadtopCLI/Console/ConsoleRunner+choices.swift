import Console
import FleetModel
import Terminal
import Themes

/// What the operator chooses, and what is kept of it.
extension ConsoleRunner {
    /// A whole file of keys that is wrong must not cover the screen.
    private static let mostComplaints = 4

    /// At the start: what was kept takes effect, and what could not be read is said.
    func takeUp(_ preferences: Preferences, complaints: [SafeText]) {
        terminal.setMouse(preferences.isMouseOn)
        let refusal = adopt(theme: preferences.theme ?? Theme.standard.name)
        if refusal != nil { terminal.apply(theme: .standard) }
        var told = complaints.prefix(Self.mostComplaints)
        let rest = complaints.count - told.count
        if rest > 0 { told.append(KeysFileWords.more(rest)) }
        for words in [keeper.complaint, refusal].compactMap({ $0 }) + told {
            // Words alone have no effects.
            _ = model.update(.notice(.warning, words))
        }
    }

    func copy(_ text: SafeText, _ link: ConsoleLink) {
        guard !terminal.copy([text]) else { return }
        update(.notice(.warning, PreferenceWords.tooLongToCopy), link)
    }

    func use(theme name: String, _ link: ConsoleLink) {
        update(adopt(theme: name).map { .notice(.warning, $0) } ?? .themed(name), link)
    }

    /// - Returns: why not.
    private func adopt(theme name: String) -> SafeText? {
        do throws(ThemeError) {
            terminal.apply(theme: try ThemeCatalog.theme(named: name, environment: environment))
            terminal.redraw()
            return nil
        } catch {
            return PreferenceWords.themeRefused(SafeText(error.description))
        }
    }

    func writePreferences(_ link: ConsoleLink) {
        if let complaint = keeper.write() { update(.notice(.warning, complaint), link) }
    }

    var knownNames: KnownNames {
        KnownNames(
            themes: ThemeCatalog.ownNames(environment: environment), contexts: ContextDirectory(environment).names)
    }

    func open(_ contexts: [String], _ link: ConsoleLink) {
        do {
            nextFleet = try ConsoleFleet(contexts: contexts, environment: environment)
        } catch {
            let problem = (error as? CommandFailure)?.message ?? "\(error)"
            update(.notice(.warning, ContextWords.refused(SafeText(problem))), link)
        }
    }
}
