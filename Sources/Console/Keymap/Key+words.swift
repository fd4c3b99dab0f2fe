import FleetModel
import Terminal

extension Key {
    /// The key as people call it.
    var words: SafeText {
        switch self {
        case .character(" "): "Space"
        case .character(let character): SafeText(String(character))
        case .control(let character): "Ctrl-" + SafeText(character.uppercased())
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Delete"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .function(let number): "F\(number)"
        }
    }
}
