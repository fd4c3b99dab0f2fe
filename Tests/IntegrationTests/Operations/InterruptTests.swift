import AdminAPI
import FleetModel
import Glibc
import TestSupport
import Testing

extension Integration {
    @Suite("Ctrl-C while an operation is led")
    struct InterruptTests {
        typealias World = OperatorTests.World

        private static let question = "Cancel the operation, leave it running, or go on?"

        /// A drain that is led on a terminal, which shows the exit status at its end.
        private func drain(_ world: World) async throws -> (terminal: TmuxTerminal, id: String) {
            let command =
                "\(try BuiltProduct.path("gadtop")) drain gw-w0 --deadline 60s --yes --run-dir "
                + world.gateway.runDirectory
            // The shell is interrupted too, and has to live on.
            let terminal = try TmuxTerminal("sh -c 'trap : INT; \(command); echo ended with $?; exec sleep 600'")
            try await terminal.wait(for: "draining gw-w0", within: .seconds(30))
            let id = try #require(try await world.gateway.operations().first { $0.outcome == nil }?.id)
            return (terminal, id)
        }

        @Test("asks, and the operation goes on: until the answer, and after it")
        func goOn() async throws {
            try await World.run { world in
                let (terminal, id) = try await drain(world)
                try terminal.press("C-c")
                try await terminal.wait(for: Self.question, within: .seconds(10))
                let asked = try await world.gateway.operations(id: id)?.updatedAt
                try await eventually("it is led on while it asks", within: .seconds(10)) {
                    try await world.gateway.operations(id: id)?.updatedAt != asked
                }
                try terminal.press("Enter")
                try await terminal.wait(for: "it goes on", within: .seconds(10))
                #expect(try await world.gateway.operations(id: id)?.outcome == nil)
                try terminal.press("C-c", "c", "Enter")
                try await terminal.wait(for: "ended with 1", within: .seconds(20))
            }
        }

        @Test("cancels: the worker serves again, and the status is 1")
        func cancel() async throws {
            try await World.run { world in
                let (terminal, id) = try await drain(world)
                // A second one while it asks is no answer.
                try terminal.press("C-c")
                try await terminal.wait(for: Self.question, within: .seconds(10))
                try terminal.press("C-c", "c", "Enter")
                try await terminal.wait(for: "ended with 1", within: .seconds(20))
                let screen = try terminal.screen()
                #expect(screen.contains("cancelled: undrained gw-w0"), "\(screen)")
                #expect(try await world.gateway.operations(id: id)?.outcome?.status == .cancelled)
                #expect(try await world.gateway.stats(0).state == .active)
            }
        }

        @Test("leaves it running: the drain goes on, the status is 3, and what is said next works")
        func leave() async throws {
            try await World.run { world in
                let (terminal, id) = try await drain(world)
                try terminal.press("C-c")
                try await terminal.wait(for: Self.question, within: .seconds(10))
                try terminal.press("l", "Enter")
                try await terminal.wait(for: "ended with 3", within: .seconds(20))
                #expect(try terminal.screen().contains("gadtop operations takeover \(id)"))
                #expect(try await world.gateway.operations(id: id)?.outcome == nil)
                #expect(try await world.gateway.stats(0).drain != nil)
                let cancel = try await world.ended(["operations", "cancel", id, "--yes"])
                #expect(cancel.exitStatus == .code(0), "\(cancel.errors)")
                #expect(try await world.gateway.stats(0).state == .active)
            }
        }

        @Test("cancels where nobody can be asked, and an end of the session leaves it running")
        func pipe() async throws {
            try await World.run { world in
                let (first, _) = try await world.draining(0)
                first.signal(SIGINT)
                #expect(try await first.wait(within: .seconds(20)) == .code(1), "\(first.errors)")
                #expect(first.errors.contains("cancelling; once more to leave it as it is"))
                #expect(first.output.contains(#""outcome":"cancelled""#))
                #expect(try await world.gateway.stats(0).state == .active)

                let (second, id) = try await world.draining(1)
                second.signal(SIGTERM)
                #expect(try await second.wait(within: .seconds(20)) == .code(3), "\(second.errors)")
                #expect(second.errors.contains("operation \(id) is left running"))
                #expect(try await world.gateway.stats(1).drain != nil)
            }
        }
    }
}
