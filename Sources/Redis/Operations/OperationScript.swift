/// The scripts that change an operation in one step; their text says what they take and return.
enum OperationScript {
    case start
    case report
    case cancel
    case takeOver
    case setSafety

    private var text: [UInt8] {
        switch self {
        case .start: PackageResources.operation_start_lua
        case .report: PackageResources.operation_report_lua
        case .cancel: PackageResources.operation_cancel_lua
        case .takeOver: PackageResources.operation_takeover_lua
        case .setSafety: PackageResources.safety_set_lua
        }
    }

    /// With its whole text: one runs about once a second, and a Redis that was restarted knows no digests.
    func command(keys: [String], arguments: [String]) -> RESPCommand {
        RESPCommand("EVAL", [String(decoding: text, as: UTF8.self), String(keys.count)] + keys + arguments)
    }
}
