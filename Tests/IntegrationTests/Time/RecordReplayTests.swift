import FleetModel
import Glibc
import TestSupport
import Testing

extension Integration {
    @Suite("Recording and replay of a running fleet")
    struct RecordReplayTests {
        @Test("a recorder that is killed leaves a file that replays, on every page, back and forth")
        func killed() async throws {
            try await OperatorTests.World.run { world in
                let folder = try TemporaryDirectory()
                let file = folder.path("night.gadrec")
                let recorder = try world.gadtop(["record", file])
                try await eventually("some seconds are recorded", within: .seconds(40)) {
                    Self.size(of: file) > 600
                }
                try await Self.recordOn(file)
                recorder.signal(SIGKILL)
                #expect(try await recorder.wait() == .signal(SIGKILL))
                try await Self.replay(file)
            }
        }

        @Test("a recorder that is asked to end ends with everything written")
        func ended() async throws {
            try await OperatorTests.World.run { world in
                let folder = try TemporaryDirectory()
                let file = folder.path("short.gadrec")
                let recorder = try world.gadtop(["record", file, "--duration", "4s"])
                #expect(try await recorder.wait(within: .seconds(30)) == .code(0))
                #expect(recorder.errors.contains("samples"))
                #expect(Self.size(of: file) > 200)
            }
        }

        @Test("a console looks back at its own session while the fleet goes on")
        func looksBack() async throws {
            try await OperatorTests.World.run { world in
                let gadtop = try BuiltProduct.path("gadtop")
                let folder = try TemporaryDirectory()
                let terminal = try TmuxTerminal(
                    "XDG_RUNTIME_DIR='\(folder.path)' '\(gadtop)' --run-dir '\(world.gateway.runDirectory)'")
                try await terminal.wait(for: "30 conns", within: .seconds(30))
                try terminal.press("p")
                try await terminal.wait(for: "PAUSED", within: .seconds(10))
                try terminal.press("T")
                try await terminal.wait(for: "LOOKING BACK", within: .seconds(10))
                try await terminal.wait(for: "stopped", within: .seconds(10))
                try terminal.press("z")
                try await terminal.wait(for: "x1", within: .seconds(10))
                try terminal.press("Escape", "q")
                try await eventually("the console has gone", within: .seconds(10)) { terminal.hasEnded }
                #expect(access("\(folder.path)/gadtop", F_OK) == 0)
                #expect(glob("\(folder.path)/gadtop/history-*").isEmpty)
            }
        }

        @Test("what is no recording is said to be none")
        func noRecording() async throws {
            let gadtop = try BuiltProduct.path("gadtop")
            let folder = try TemporaryDirectory()
            for (path, words) in [("/etc/hostname", "no recording"), (folder.path("none"), "cannot open")] {
                let replay = try ChildProcess(gadtop, ["replay", path])
                #expect(try await replay.wait() == .code(1))
                #expect(replay.errors.contains(words), "\(replay.errors)")
            }
        }

        private static func replay(_ file: String) async throws {
            let gadtop = try BuiltProduct.path("gadtop")
            let terminal = try TmuxTerminal("'\(gadtop)' replay '\(file)' --at +6s")
            try await terminal.wait(for: "REPLAY", within: .seconds(10))
            try await terminal.wait(for: "gw-w1", within: .seconds(10))
            for page in ["2", "3", "4", "5", "6", "7", "8", "9", "01", "02", "03", "1"] {
                try terminal.press(page)
                try await terminal.wait(for: "REPLAY", within: .seconds(10))
            }
            try terminal.press("T", "T", "t", "b", "+2s", "Enter", "r")
            try await terminal.wait(for: "0% of it", within: .seconds(10))
            try terminal.press("d")
            try await terminal.wait(for: "This is a recording", within: .seconds(10))
            try terminal.press("q")
            try await eventually("the console has gone", within: .seconds(10)) { terminal.hasEnded }
        }

        /// Until it has grown by several blocks.
        private static func recordOn(_ file: String) async throws {
            let before = size(of: file)
            try await eventually("more is recorded", within: .seconds(40)) { size(of: file) > before + 1_000 }
        }

        private static func size(of file: String) -> Int {
            var status = stat()
            return stat(file, &status) == 0 ? Int(status.st_size) : 0
        }

        private func glob(_ pattern: String) -> [String] {
            var found = glob_t()
            defer { globfree(&found) }
            guard Glibc.glob(pattern, 0, nil, &found) == 0 else { return [] }
            return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
        }
    }
}
