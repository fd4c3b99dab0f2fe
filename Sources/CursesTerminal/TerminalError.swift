import FleetModel

/// Why no console can be shown here.
package struct TerminalError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case notATerminal = "not_a_terminal"
        case unknownType = "unknown_terminal_type"
        case cannotPositionCursor = "cannot_position_cursor"
    }

    package let code: Code
    package let description: String

    static let notATerminal = TerminalError(
        code: .notATerminal,
        description:
            "Standard input and output are not both a terminal. Run gadtop in one, or use `gadtop get workers`.")

    static func unknownType(_ tried: [String]) -> TerminalError {
        let names = tried.map { SafeText($0).text }.joined(separator: ", ")
        return TerminalError(
            code: .unknownType,
            description: "None of the terminal types \(names) is described on this system. "
                + "Install ncurses-base (or ncurses-term), or set TERM to a type that `infocmp` knows.")
    }

    static func cannotPositionCursor(_ type: String) -> TerminalError {
        TerminalError(
            code: .cannotPositionCursor,
            description: "A terminal of type \(SafeText(type).text) cannot place its cursor. "
                + "Set TERM to what the terminal really is, or use `gadtop get workers`.")
    }
}
