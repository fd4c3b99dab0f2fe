import Console
import FleetModel

/// Keeps preferences in their file, but not with every key: what changes within a second is written once.
struct PreferencesKeeper {
    private let file: PreferencesFile
    private let options: ConsoleOptionValues
    /// As the file has them.
    private var kept: Preferences
    private var unwritten: Preferences?
    /// One file that cannot be written is one complaint.
    private var hasComplained = false

    /// What the file could not be read for, to be told once.
    let complaint: SafeText?

    init(_ environment: [String: String], options: ConsoleOptionValues) {
        file = PreferencesFile(environment)
        self.options = options
        (kept, complaint) = file.read()
    }

    /// What holds at the start: an option goes before what was kept.
    var atStart: Preferences {
        var preferences = kept
        if let theme = options.theme { preferences.theme = theme }
        if options.isMouseOn { preferences.isMouseOn = true }
        return preferences
    }

    /// What an option said is for one run, until the operator says something else in it.
    mutating func keep(_ preferences: Preferences) {
        var preferences = preferences
        if let theme = options.theme, preferences.theme == theme { preferences.theme = kept.theme }
        if options.isMouseOn, preferences.isMouseOn { preferences.isMouseOn = kept.isMouseOn }
        unwritten = preferences == kept ? nil : preferences
    }

    /// Called once a second, and at the end.
    /// - Returns: what went wrong, the first time.
    mutating func write() -> SafeText? {
        guard let preferences = unwritten else { return nil }
        (unwritten, kept) = (nil, preferences)
        guard let complaint = file.write(preferences), !hasComplained else { return nil }
        hasComplained = true
        return complaint
    }
}
