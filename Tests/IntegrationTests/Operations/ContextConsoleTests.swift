import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("The console over several contexts")
    struct ContextConsoleTests {
        @Test("shows the workers of all, says which is silent, acts on none, and can be led to a single one")
        func severalAtOnce() async throws {
            try await OperatorTests.World.run(workers: 2) { world in
                let temporary = try TemporaryDirectory()
                let folder = temporary.path + "/gadtop/contexts"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                // The same fleet under two names is two fleets to the console.
                let places = [("a", world.gateway.runDirectory), ("b", world.gateway.runDirectory), ("c", "/nowhere")]
                for (name, place) in places {
                    try Data("run_dir: \(place)\n".utf8).write(to: URL(filePath: "\(folder)/\(name).yaml"))
                }
                let gadtop = try BuiltProduct.path("gadtop")
                let environment =
                    "env XDG_CONFIG_HOME='\(temporary.path)' XDG_STATE_HOME='\(temporary.path)/state'"
                let terminal = try TmuxTerminal("\(environment) '\(gadtop)' --context a --context b --context c")
                try await terminal.wait(for: "60 conns", within: .seconds(30))
                let screen = try terminal.screen()
                for words in ["a + b + c", "CONTEXT", "a/gw-w0", "b/gw-w1", "c: no worker"] {
                    #expect(screen.contains(words), "\(screen)")
                }
                try terminal.press("d")
                try await terminal.wait(for: ":context NAME", within: .seconds(10))
                try terminal.press(":", "context a", "Enter")
                try await terminal.wait(for: "30 conns", within: .seconds(20))
                #expect(try !terminal.screen().contains("a/gw-w0"))
                try terminal.press("q")
                try await eventually("the console has gone", within: .seconds(10)) { terminal.hasEnded }
            }
        }
    }
}
