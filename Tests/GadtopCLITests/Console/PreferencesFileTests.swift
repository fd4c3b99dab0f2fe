import FleetModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Console
@testable import GadtopCLI

@Suite("The file of preferences")
struct PreferencesFileTests {
    private let temporary: TemporaryDirectory
    private var environment: [String: String] { ["XDG_STATE_HOME": temporary.path + "/state"] }

    init() throws {
        temporary = try TemporaryDirectory()
    }

    private func put(_ text: String) throws {
        let folder = temporary.path + "/state/gadtop"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: folder + "/console.json"))
    }

    @Test("is written whole, for its owner only, and read again")
    func roundTrip() throws {
        let file = PreferencesFile(environment)
        #expect(file.read().complaint == nil)
        var preferences = Preferences()
        preferences.theme = "light"
        preferences.remember("events")
        #expect(file.write(preferences) == nil)
        #expect(file.read().preferences == preferences)
        var status = stat()
        #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        let files = try FileManager.default.contentsOfDirectory(atPath: temporary.path + "/state/gadtop")
        #expect(files == ["console.json"])
    }

    @Test(
        "that is damaged is complained of once and starts with the standard",
        arguments: ["", "{", "[1]", "{\"theme\": \"li", String(repeating: "x", count: 300_000)])
    func damaged(text: String) throws {
        try put(text)
        let keeper = PreferencesKeeper(environment, options: ConsoleOptionValues())
        #expect(keeper.complaint?.text.contains("console.json cannot be read") == true)
        #expect(keeper.atStart == Preferences())
    }

    @Test("is no pipe and no directory")
    func otherFiles() throws {
        try put("")
        let file = PreferencesFile(environment)
        unlink(file.path)
        mkfifo(file.path, 0o600)
        #expect(file.read().complaint != nil)
        unlink(file.path)
        mkdir(file.path, 0o700)
        #expect(file.read().complaint != nil)
        #expect(file.write(Preferences()) != nil)
    }

    @Test("is written once for many changes, and not at all for none")
    func coalescing() throws {
        var keeper = PreferencesKeeper(environment, options: ConsoleOptionValues())
        var preferences = keeper.atStart
        for name in ["light", "monochrome"] {
            preferences.theme = name
            keeper.keep(preferences)
        }
        #expect(PreferencesFile(environment).read().preferences == Preferences())
        #expect(keeper.write() == nil)
        #expect(PreferencesFile(environment).read().preferences.theme == "monochrome")
        unlink(PreferencesFile(environment).path)
        keeper.keep(preferences)
        #expect(keeper.write() == nil)
        #expect(access(PreferencesFile(environment).path, F_OK) != 0)
    }

    @Test("does not take over what an option says for one run")
    func options() throws {
        try put("{\"theme\": \"light\"}")
        var keeper = PreferencesKeeper(environment, options: ConsoleOptionValues(theme: "monochrome", isMouseOn: true))
        var preferences = keeper.atStart
        #expect(preferences.theme == "monochrome" && preferences.isMouseOn)
        preferences.isWide = true
        keeper.keep(preferences)
        _ = keeper.write()
        let kept = PreferencesFile(environment).read().preferences
        #expect(kept.theme == "light" && !kept.isMouseOn && kept.isWide)
    }

    @Test("that cannot be written is complained of once")
    func unwritable() throws {
        var keeper = PreferencesKeeper(["XDG_STATE_HOME": "/proc/nowhere"], options: ConsoleOptionValues())
        var preferences = keeper.atStart
        preferences.theme = "light"
        keeper.keep(preferences)
        #expect(keeper.write()?.text.contains("cannot be written") == true)
        preferences.theme = "monochrome"
        keeper.keep(preferences)
        #expect(keeper.write() == nil)
    }

    @Test(
        "an option goes before it, and it goes before the environment",
        arguments: [
            (Language.english, Language.spanish, ["LANG": "es_AR.UTF-8"], Language.english),
            (nil, .english, ["LANG": "es_AR.UTF-8"], .english), (nil, nil, ["LANG": "es_AR.UTF-8"], .spanish),
            (nil, nil, ["LC_ALL": "C", "LANG": "es_AR.UTF-8"], .english),
            (nil, nil, ["LC_ALL": "", "LC_MESSAGES": "es", "LANG": "en_US"], .spanish),
            (nil, nil, ["LANG": "de_DE.UTF-8"], .english), (nil, nil, [:], .english),
        ] as [(Language?, Language?, [String: String], Language)])
    func language(option: Language?, kept: Language?, environment: [String: String], expected: Language) {
        let options = ConsoleOptionValues(language: option)
        #expect(options.language(kept: kept, environment: environment) == expected)
    }
}
