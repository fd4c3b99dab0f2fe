import Foundation
import Testing

@Suite("The terminal is given back", .serialized)
struct GivingBackTests {
    /// What a shell's user sees after the probe: the old screen, a cursor, the modes that were set before.
    private func expectGivenBack(_ session: TmuxSession, status: Int) async throws {
        try await session.wait(for: "the end of the probe") {
            FileManager.default.fileExists(atPath: session.folder.appending(path: "done").path)
        }
        let screen = try session.screen()
        #expect(screen.contains("shell before the probe") && screen.contains("ended \(status)"))
        #expect(!screen.contains("gw1-w2"))
        #expect(try session.value(of: "#{alternate_on}#{cursor_flag}#{keypad_cursor_flag}#{keypad_flag}") == "0100")
        #expect(try session.value(of: "#{mouse_any_flag}") == "0")
        #expect(try session.file("after") == session.file("before"))
    }

    @Test("after q")
    func quit() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        try session.press("q")
        try await expectGivenBack(session, status: 0)
    }

    @Test("after SIGTERM")
    func terminated() async throws {
        let session = try TmuxSession()
        try await session.wait(for: "ready")
        kill(try session.processID, SIGTERM)
        try await expectGivenBack(session, status: 0)
    }

    @Test(
        "after a crash, which still ends the process as a crash",
        arguments: [("crash", 128 + Int(SIGSEGV)), ("trap", 128 + Int(SIGILL)), ("exit", 3)])
    func crashed(_ ending: String, _ status: Int) async throws {
        let session = try TmuxSession(ending)
        try await session.wait(for: "ready")
        try session.press("x")
        try await expectGivenBack(session, status: status)
    }

    @Test(
        "and its program ends when the terminal goes away, by signal or by the end of input", arguments: ["", "deaf"])
    func hungUp(_ mode: String) async throws {
        let session = try TmuxSession(mode)
        try await session.wait(for: "ready")
        let process = try session.processID
        try session.endServer()
        try await session.wait(for: "the end of process \(process)") { !Self.isRunning(process) }
    }

    /// A zombie has ended; that nobody has asked for its status is a matter of the system's first process.
    private static func isRunning(_ process: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return status.split(separator: " ").dropFirst(2).first != "Z"
    }
}
