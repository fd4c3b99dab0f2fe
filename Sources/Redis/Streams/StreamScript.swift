/// The scripts that change or read a stream in one step; their text says what they take and return.
enum StreamScript: CaseIterable {
    case publish
    case position
    case entries

    var text: [UInt8] {
        switch self {
        case .publish: PackageResources.publish_lua
        case .position: PackageResources.position_lua
        case .entries: PackageResources.entries_lua
        }
    }
}

/// One run of a script.
struct ScriptCall {
    var script: StreamScript
    var keys: [String]
    var arguments: [RESPArgument]

    /// Of what it carries, without the script.
    var byteCount: Int { arguments.reduce(0) { $0 + $1.byteCount } + keys.reduce(0) { $0 + $1.utf8.count } }

    /// - Parameter digest: as `SCRIPT LOAD` gave it; nil sends the script itself.
    func command(digest: String?) -> RESPCommand {
        let head: [RESPArgument] =
            digest.map { ["EVALSHA", .text($0)] } ?? ["EVAL", .text(String(decoding: script.text, as: UTF8.self))]
        return RESPCommand(head + [.integer(Int64(keys.count))] + keys.map { .text($0) } + arguments)
    }
}

extension RedisStreams {
    /// The script that `publish` runs, for backends that publish by themselves.
    package static var publishScript: String { String(decoding: StreamScript.publish.text, as: UTF8.self) }
}
