import AdminAPI
import FleetModel
import Foundation
import TestSupport
import Testing

extension Integration {
    /// Single acts and a drill from the console in a terminal, on a running fleet.
    @Suite("Acts of the console over a running fleet")
    struct ConsoleActTests {
        @Test("throttles rooms, and says on how many workers it holds")
        func throttle() async throws {
            try await withConsole { world, terminal in
                try terminal.press("t")
                try await terminal.wait(for: "Throttle rooms", within: .seconds(10))
                try terminal.press("citizen:*", "Tab", "5", "Tab", "15m", "Tab", "trial", "Tab")
                try await terminal.wait(for: "held to 5/s", within: .seconds(10))
                try terminal.press("y")
                try await terminal.wait(for: "is throttled on 3 of 3 workers", within: .seconds(20))
                let list = try await world.ended(["get", "throttles", "-o", "json"])
                #expect(list.output.contains("citizen:*") && list.output.contains("trial"), "\(list.errors)")
            }
        }

        @Test("sends a message to everyone, and shows who has it until that is read")
        func broadcast() async throws {
            try await withConsole { world, terminal in
                try terminal.press("m")
                try await terminal.wait(for: "Send a message", within: .seconds(10))
                try terminal.press("all", "Tab", "closing", "Tab", "Tab", "Tab", "Tab")
                try await terminal.wait(for: "30 connections on 3", within: .seconds(10))
                try terminal.press("everyone", "Enter")
                try await terminal.wait(for: "ended: published, delivered 30, dropped 0", within: .seconds(20))
                for client in world.clients.prefix(3) {
                    #expect(try await client.envelope("broadcast").data["message"]?.string == "closing")
                }
                try terminal.press("Escape")
                try await terminal.wait(for: "message: published, delivered 30", within: .seconds(10))
            }
        }

        @Test("closes one connection, and nobody else's")
        func kick() async throws {
            try await withConsole { world, terminal in
                let listed = try await OperatorCommand.run(
                    ["get", "connections", "--worker", "gw-w1", "-o", "json"], on: world.gateway)
                let id = try #require(try listed.json().items.first?["connection_id"]?.string)
                try terminal.press(":", "connections", "Enter")
                try await terminal.wait(for: "fleet › connections", within: .seconds(10))
                try terminal.press("K")
                try await terminal.wait(for: "Close a connection", within: .seconds(10))
                // Where a connection is selected, the form begins with it.
                if try terminal.screen().contains("▸Connection") { try terminal.press(id, "Tab") }
                try terminal.press("Tab", "Tab")
                try await terminal.wait(for: "3507", within: .seconds(10))
                try terminal.press("y")
                try await terminal.wait(for: "closed with 3507", within: .seconds(20))
                try await terminal.wait(for: "29 conns", within: .seconds(10))
            }
        }

        @Test("leads a failover drill to its end, and says where its report is")
        func drill() async throws {
            let world = try await DrillFleetWorld()
            let state = try TemporaryDirectory()
            let terminal = try TmuxTerminal(
                "XDG_STATE_HOME='\(state.path("state"))' '\(try BuiltProduct.path("gadtop"))' "
                    + "--run-dir '\(world.gateway.runDirectory)'")
            try await terminal.wait(for: "2 workers", within: .seconds(30))
            try terminal.press("F")
            try await terminal.wait(for: "promote a replica", within: .seconds(20))
            try terminal.press("trial", "BTab", SentinelFleet.master, "Enter")
            try await terminal.wait(for: "failover drill", within: .seconds(20))
            try terminal.press("o")
            try await terminal.wait(for: "report: ", within: .seconds(150))
            let folder = state.path("state/gadtop/drills")
            let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
            let report = String(
                decoding: FileManager.default.contents(atPath: folder + "/" + file) ?? Data(), as: UTF8.self)
            print(report)
            #expect(report.contains("PASS") && report.contains("trial"))
        }

        /// A fleet of three with thirty clients, and a console that shows it.
        private func withConsole(_ body: (OperatorTests.World, TmuxTerminal) async throws -> Void) async throws {
            try await OperatorTests.World.run { world in
                let gadtop = try BuiltProduct.path("gadtop")
                let terminal = try TmuxTerminal("'\(gadtop)' --run-dir '\(world.gateway.runDirectory)'")
                try await terminal.wait(for: "30 conns", within: .seconds(30))
                try await body(world, terminal)
            }
        }
    }
}
