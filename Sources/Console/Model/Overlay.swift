import FleetModel
import Terminal

/// What lies over the page and has the keys.
package enum Overlay: Sendable {
    /// The filter is being typed; it acts while it is.
    case filter(TextField)
    /// A command, or a page's name, is being typed.
    case command(CommandLine)
    /// The question before an act.
    case act(ActForm)
    /// How far a message has gone, until that is read.
    case delivery(DeliveryBox)
    case columns(ColumnChooser)
    /// A `0` was pressed, and the digit of a page past the ninth is awaited.
    case menu(opensBelow: Bool)
    /// Where to export to is being typed.
    case export(TextField)
    /// The time to jump to is being typed.
    case jump(TextField)
    /// Whether to leave while this console leads an operation.
    case quitting
}

/// Which table of the fleet's page the movement keys move in.
package enum Focus: Sendable, Equatable {
    case workers, rooms
}
