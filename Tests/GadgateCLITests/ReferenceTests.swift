import FleetModel
import Foundation
import Gateway
import Testing

@testable import GadgateCLI

@Suite("The reference of the configuration")
struct ReferenceTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static let keys = FileSection<GatewayPolicy>.policy.reference(GatewayPolicy())

    /// What stands under the heading of a section.
    private func section(_ name: Substring) throws -> String {
        let rest = try #require(
            try Self.text("Sources/GadgateCLI/README.md").split(separator: "\n### `\(name)`\n").last)
        return String(rest.split(separator: "\n#").first ?? "")
    }

    @Test("names every key of the file's sections with its default and what is allowed", arguments: keys)
    func sections(_ key: KeyReference) throws {
        let path = key.path.split(separator: ".", omittingEmptySubsequences: false)
        let section = try section(path[0])
        guard path.count > 1 else {
            #expect(section.contains(key.standard) && section.contains(key.allowed))
            return
        }
        let name = path[0] == "classes" ? String(path[2]) : path.dropFirst().joined(separator: ".")
        let row = try #require(section.split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") })
        let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(cells.contains(key.standard), "the default is \(key.standard)")
        #expect(cells.contains(key.allowed), "allowed is \(key.allowed)")
    }

    @Test("names every setting of the start with its flag", arguments: Setting.allCases)
    func settings(_ setting: Setting) throws {
        let flag = setting.flag.map { "`\($0)`" } ?? "none"
        #expect(try Self.text("Sources/GadgateCLI/README.md").contains("\n| `\(setting.rawValue)` | \(flag) | "))
    }

    @Test("the example in Deploy is right, says every key, and is the default in all of them")
    func example() throws {
        let text = try Self.text("Deploy/gadgate.yaml")
        let machine = Machine(
            hostName: "gw", environment: ["GADGATE_CONFIG": "/etc/gadgate.yaml"], userID: 1,
            read: { Array($0 == "/etc/gadgate.yaml" ? text.utf8 : "a secret of at least thirty-two bytes".utf8) })
        let fleet = try ConfigurationSource(ServeOptions.parse([]), machine: machine).read().fleet
        #expect(fleet.common.policy == GatewayPolicy())
        #expect(fleet.workers == Standard.workers && fleet.common.sharedPort == Standard.port)
        #expect(fleet.common.host == Standard.host && fleet.common.redis.url == Standard.redis)
        #expect(fleet.common.loops == Standard.loops && fleet.common.shutdownDeadline == Standard.shutdownDeadline)
        #expect(fleet.watchdog == Standard.watchdog)
        for key in Self.keys {
            let name = key.path.split(separator: ".").last ?? ""
            #expect(text.contains("\(name):"), "\(key.path) is missing")
        }
        for setting in Setting.allCases {
            #expect(text.contains("\n\(setting.rawValue):") || text.contains("\n# \(setting.rawValue):"))
        }
    }

    @Test("every field of the policy is a key of the file")
    func completeness() {
        #expect(Self.leaves(GatewayPolicy()) == Self.keys.count)
    }

    /// The single values in a policy; lists and times are one each.
    private static func leaves(_ value: Any) -> Int {
        switch value {
        case is InSeconds, is ByteCount, is CriticalityRules: return 1
        default:
            let mirror = Mirror(reflecting: value)
            return mirror.displayStyle == .struct && !mirror.children.isEmpty
                ? mirror.children.reduce(0) { $0 + leaves($1.value) } : 1
        }
    }
}
