import FleetModel

/// Which workers are shown: those whose name, node or state contains the text, or with `!` before it those that do not.
package struct WorkerFilter: Sendable, Equatable {
    package let text: String
    private let needle: String
    private let isInverse: Bool

    /// - Parameter text: as typed; empty, or a lone `!`, shows everything.
    package init(_ text: String) {
        self.text = text
        isInverse = text.hasPrefix("!")
        needle = (isInverse ? text.dropFirst() : text[...]).lowercased()
    }

    package static let everything = WorkerFilter("")

    package var isEverything: Bool { needle.isEmpty }

    func shows(_ row: WorkerRow) -> Bool {
        guard !isEverything else { return true }
        let sample = row.figures.sample
        let fields = [row.name.text, sample?.node ?? "", row.figures.stateWord.text, sample?.state.rawValue ?? ""]
        return fields.contains { $0.lowercased().contains(needle) } != isInverse
    }
}
