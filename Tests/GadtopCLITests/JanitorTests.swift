import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import GadtopCLI

/// On the main thread, as in the program: the janitor is waited for without giving the thread up.
@Suite("The demo's janitor")
@MainActor
struct JanitorTests {
    @Test("ends its processes and removes their directory when told to stop")
    func stops() async throws {
        let janitor = try Janitor()
        try janitor.start("nap", ["sleep", "1000"])
        try janitor.start("quoted", ["sh", "-c", "echo \"$1\" && exec sleep 1000", "x", "it's $HOME; \"fine\""])
        let log = janitor.directory + "/quoted.log"
        try await eventually("arguments arrive as they are") { @MainActor in read(log) == "it's $HOME; \"fine\"\n" }
        let children = Array(janitor.children.values)
        #expect(janitor.isRunning("nap"))
        janitor.stop()
        #expect(!FileManager.default.fileExists(atPath: janitor.directory))
        try await eventually("the processes are gone") { @MainActor in children.allSatisfy { kill($0, 0) != 0 } }
    }

    @Test("a process that ignores SIGTERM is killed")
    func stubborn() async throws {
        let janitor = try Janitor()
        try janitor.start("stubborn", ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"])
        try await eventually("it runs") { @MainActor in read(janitor.directory + "/stubborn.log") == "ready\n" }
        let children = Array(janitor.children.values)
        janitor.stop()
        try await eventually("the processes are gone") { @MainActor in children.allSatisfy { kill($0, 0) != 0 } }
        #expect(!FileManager.default.fileExists(atPath: janitor.directory))
    }

    @Test("killed itself, it is noticed, and its work is done in its place")
    func killed() async throws {
        let janitor = try Janitor()
        try janitor.start("nap", ["sleep", "1000"])
        let children = Array(janitor.children.values)
        kill(janitor.pid, SIGKILL)
        var wake = pollfd(fd: janitor.descriptor, events: Int16(POLLIN), revents: 0)
        // The nap has the janitor's output for a moment before it becomes a program of its own.
        #expect(poll(&wake, 1, 5_000) == 1)
        janitor.stop()
        try await eventually("the process is gone") { @MainActor in children.allSatisfy { kill($0, 0) != 0 } }
        #expect(!FileManager.default.fileExists(atPath: janitor.directory))
    }

    @Test("a process that ends is noticed")
    func ended() async throws {
        let janitor = try Janitor()
        defer { janitor.stop() }
        try janitor.start("brief", ["true"])
        try await eventually("it has ended") { @MainActor in !janitor.isRunning("brief") }
    }

    private func read(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
