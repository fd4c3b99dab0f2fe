import AdminAPI
import FleetModel
import Terminal

/// Everything the console knows and shows; told by events, asked for a view, and otherwise without effect.
package struct ConsoleModel: Sendable {
    package internal(set) var fleetName: SafeText
    /// The contexts that are looked at together; one, or none, is a fleet whole.
    package internal(set) var contexts: [String]
    /// Where the fleet is, for the help; empty where the fleet's name says it.
    var fleetPlaces: [SafeText]
    let user: SafeText
    let capabilities: TerminalCapabilities
    let keymap: Keymap
    /// By chance, so that what is named here is named by nobody else.
    let nonce: UInt64
    /// What the command line completes besides its own words.
    var names = KnownNames()
    package internal(set) var size: Size
    /// By the clock on the wall, whatever time is looked at.
    package internal(set) var now: UnixTime

    /// The fleet as it is.
    package internal(set) var live: World
    /// The fleet as it was, while the operator looks at that; nil while they look at the live one.
    package internal(set) var past: Past?
    package internal(set) var acts = ActBook()
    /// This console records its session, so that one can look back at it.
    package var keepsHistory = false
    /// The recording that the operator asked for; nil while there is none.
    package internal(set) var recording: RecordingState?
    package internal(set) var preferences: Preferences

    var pages = PageStack(FleetPage())
    /// The page on the lower half of a split screen, and whether it has the keys.
    var second: SecondPage?
    package internal(set) var overlay: Overlay?
    /// The operator has said to cancel what is led here and to leave then.
    var quitsOnceEnded = false
    /// Answers the last key where nothing else on the screen does.
    var hint: SafeText?

    /// - Parameters:
    ///   - fleetName: what the fleet is called, or where it is looked for.
    ///   - contexts: by which its workers' names are told apart; fewer than two for one fleet.
    ///   - fleetPlaces: how other programs get to it, a line each.
    ///   - user: who is said to act.
    ///   - nonce: a random number, another for each console.
    package init(
        fleetName: SafeText, contexts: [String] = [], fleetPlaces: [SafeText] = [], user: SafeText, size: Size,
        capabilities: TerminalCapabilities, keymap: Keymap = .standard, preferences: Preferences = Preferences(),
        nonce: UInt64 = 0, now: UnixTime
    ) {
        self.fleetName = fleetName
        self.contexts = contexts
        self.fleetPlaces = fleetPlaces
        self.user = user
        self.size = size
        self.capabilities = capabilities
        self.keymap = keymap
        self.preferences = preferences
        self.nonce = nonce
        self.now = now
        live = World(at: now)
        pages.root.workers.preferences = preferences.tables[PageKind.fleet.rawValue] ?? TableState.Preferences()
    }

    /// The world that the screen shows.
    package var shown: World { past?.world ?? live }
    package var isPaused: Bool { past != nil }
}

/// A second page on the screen.
struct SecondPage: Sendable {
    var page: any ConsolePage
    var hasKeys = false
}

/// What can happen to the console.
package enum ConsoleEvent: Sendable {
    case terminal(TerminalEvent)
    case fleet([FleetEvent])
    case answers([FleetAnswer])
    /// What came of the acts of this console.
    case acts([ActNews])
    /// What came of an effect that is no act: where an export went, or why it failed.
    case notice(Severity, SafeText)
    /// Everything is shown in this theme.
    case themed(String)
    /// What there is to choose from.
    case names(KnownNames)
    /// Another fleet, or several, is looked at from now on; nothing that is known holds for it.
    case switched(to: SafeText, contexts: [String])
    /// What was read of a recording.
    case travel(TravelNews)
    case recording(RecordingNews)
    /// Once a second.
    case tick(UnixTime)
}

/// What the console wants done; it never does it itself.
package enum ConsoleEffect: Sendable, Equatable {
    /// Do what the operator has confirmed; what comes of it is an event.
    case begin(ActRequest, ActID)
    /// Ask a worker how the fleet's operations stand; the answer is an event of the fleet.
    case ask(ControlQuestion, WorkerID)
    /// Ask workers something; the answer is an event.
    case fetch(FleetQuery, of: [WorkerID])
    /// Draw everything anew: what is on the terminal is not to be trusted.
    case redraw
    /// Put text into the operator's clipboard.
    case copy(SafeText)
    /// Write a page into a file; a notice says what came of it.
    case export(Export)
    /// Read what is recorded; what is read is an event.
    case travel(TravelOrder)
    /// Record to a file what happens from now on; as typed.
    case record(String)
    case stopRecording
    case mouse(Bool)
    /// Show everything in another theme, by its name or a path; an event says that it is so, or a notice why not.
    case theme(String)
    case speak(Language)
    /// Keep what the operator chose for the next start.
    case save(Preferences)
    /// Find what there is to choose from; it is an event.
    case lookUpNames
    /// Look at other fleets; an event says that it is so, or a notice why not.
    case open(contexts: [String])
    /// Give the terminal to the shell until that continues the console.
    case suspend
    case quit
}

/// A page as text, for a file.
package struct Export: Sendable, Equatable {
    package enum Format: String, Sendable, CaseIterable {
        case text = "txt"
        case csv, json
    }

    /// As typed; a relative one is meant from where the console was started.
    package let path: String
    package let content: String
}
