import FleetModel
import Terminal

/// What an operator's file says of one action, as it is written there.
package struct KeyChange: Sendable, Equatable {
    package let action: String
    /// Empty where the action is to have none.
    package let keys: [String]
    /// Only on this page; nil for wherever the action has its standard keys.
    package let page: String?
    /// From 1.
    package let line: Int?

    package init(_ action: String, _ keys: [String], page: String? = nil, line: Int? = nil) {
        self.action = action
        self.keys = keys
        self.page = page
        self.line = line
    }

    /// Where in the file it stands.
    package var path: SafeText {
        page.map { "pages.\(SafeText($0)).\(SafeText(action))" } ?? SafeText(action)
    }
}

/// Why a change is not made.
package struct KeyComplaint: Error, Equatable {
    package let line: Int?
    package let path: SafeText
    package let problem: SafeText

    package init(line: Int?, path: SafeText, problem: SafeText) {
        self.line = line
        self.path = path
        self.problem = problem
    }
}
