import FoundationEssentials
import TestSupport

/// The gadtop that was built with these tests, used as an operator's script does.
struct OperatorCommand {
    let exit: ChildProcess.Exit
    let output: String
    let errors: String

    static func run(_ arguments: [String], on gateway: Gadgate) async throws -> OperatorCommand {
        let process = try ChildProcess(
            try BuiltProduct.path("gadtop"), arguments + ["--run-dir", gateway.runDirectory])
        let exit = try await process.wait(within: .seconds(40))
        return OperatorCommand(exit: exit, output: process.output, errors: process.errors)
    }

    /// The outcome of a command that was given `-o json`.
    func json() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: Data(output.utf8)) }
}

extension JSONValue {
    var items: [JSONValue] { if case .array(let values) = self { values } else { [] } }
}
