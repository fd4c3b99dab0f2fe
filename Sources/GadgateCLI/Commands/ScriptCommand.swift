import ArgumentParser
import Redis

/// `gadgate script`: prints what a backend needs to publish by itself.
struct ScriptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script", abstract: "Print a Lua script that this gadgate runs in Redis.",
        discussion: """
            publish puts a message into the stream of a room and publishes it, in one step; its first lines say what \
            it takes and returns. Any language that can call EVAL can use it:
              gadgate script publish > publish.lua
            """)

    @Argument(help: "publish.")
    var name: Name

    enum Name: String, ExpressibleByArgument, CaseIterable {
        case publish
    }

    func run() {
        switch name {
        case .publish: print(RedisStreams.publishScript, terminator: "")
        }
    }
}
