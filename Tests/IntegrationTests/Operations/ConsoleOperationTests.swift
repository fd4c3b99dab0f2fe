import AdminAPI
import FleetModel
import Glibc
import TestSupport
import Testing

extension Integration {
    @Suite("The console over a running fleet")
    struct ConsoleOperationTests {
        @Test("killed while it leads a drain harms nothing: it is told whose it was, and another leads it to its end")
        func killed() async throws {
            try await OperatorTests.World.run { world in
                let gadtop = try BuiltProduct.path("gadtop")
                let terminal = try TmuxTerminal("'\(gadtop)' --run-dir '\(world.gateway.runDirectory)'")
                try await terminal.wait(for: "30 conns", within: .seconds(30))
                try terminal.press("/", "w1", "Enter")
                try await terminal.wait(for: "1 of 3", within: .seconds(10))
                try terminal.press("d")
                try await terminal.wait(for: "Drain gw-w1", within: .seconds(10))
                try terminal.press("trial", "Tab", "Tab", "40", "Tab", "gw-w1", "Enter")
                let record = try await eventually("the drain is led by the console", within: .seconds(20)) {
                    try await world.gateway.operations().first { $0.outcome == nil }
                }
                kill(try #require(try terminal.pid()), SIGKILL)
                try await eventually("the console has gone", within: .seconds(10)) { terminal.hasEnded }
                let second = try await world.ended(["drain", "gw-w2", "--yes"])
                #expect(second.exitStatus == .code(1))
                #expect(second.errors.contains(record.id) && second.errors.contains(record.leader), "\(second.errors)")
                let led = try await world.ended(["operations", "takeover", record.id, "--yes"])
                #expect(led.exitStatus == .code(0), "\(led.errors)")
                #expect(try await world.gateway.stats(1).state == .drained)
            }
        }

        @Test("leads a drain that the command line watches and cancels")
        func drain() async throws {
            try await OperatorTests.World.run { world in
                let gadtop = try BuiltProduct.path("gadtop")
                let terminal = try TmuxTerminal("'\(gadtop)' --run-dir '\(world.gateway.runDirectory)'")
                try await terminal.wait(for: "30 conns", within: .seconds(30))
                try terminal.press("/", "w1", "Enter")
                try await terminal.wait(for: "1 of 3", within: .seconds(10))
                try terminal.press("d")
                try await terminal.wait(for: "Drain gw-w1", within: .seconds(10))
                try terminal.press("trial", "Tab", "Tab", "60", "Tab", "gw-w1", "Enter")
                let id = try await eventually("the drain is led by the console", within: .seconds(20)) {
                    try await world.gateway.operations().first { $0.outcome == nil }?.id
                }
                try await terminal.wait(for: "drain gw-w1", within: .seconds(10))
                let shown = try await world.ended(["operations", "show", id])
                #expect(shown.output.contains("trial"), "\(shown.output) \(shown.errors)")
                try terminal.press("o")
                try await terminal.wait(for: "steps", within: .seconds(10))
                let cancel = try await world.ended(["operations", "cancel", id, "--yes"])
                #expect(cancel.exitStatus == .code(0), "\(cancel.errors)")
                try await terminal.wait(for: "cancelled", within: .seconds(20))
                #expect(try await world.gateway.stats(1).state == .active)
                try terminal.press("Escape", "q")
                try await eventually("the console has gone", within: .seconds(10)) { terminal.hasEnded }
            }
        }
    }
}
