import FleetModel

/// One look at the fleet, printed.
struct Look {
    let text: String
    /// What is missing from a whole answer, if anything is: without --watch the command ends with it.
    var missing: CommandFailure?
}

extension GetOptions {
    /// Prints what a look finds: once, or with --watch again each second until interrupted. Looks that fail in between
    /// are told of and do not end it.
    /// - Throws: with the first look, or without --watch, what it failed for; and what is missing.
    @MainActor
    func print(_ look: @MainActor () async throws -> Look) async throws {
        let first = try await look()
        Print.output(first.text)
        guard watch else {
            if let missing = first.missing { throw missing }
            return
        }
        while true {
            try await Task.sleep(for: FleetSnapshot.sampleInterval)
            do {
                if let text = try await look().text.following(output) { Print.output(text) }
            } catch let failure as CommandFailure {
                Print.error("gadtop: " + failure.message)
            }
        }
    }
}

extension String {
    /// Printed behind the same list as it was a second before. The header line of CSV stands once, so that the whole is
    /// one file.
    /// - Returns: nil where there is nothing to print.
    func following(_ format: OutputFormat) -> String? {
        switch format {
        case .table, .wide, .json: return self
        case .csv:
            guard let end = firstIndex(of: "\n") else { return nil }
            return String(self[index(after: end)...])
        }
    }
}

extension CommandFailure {
    /// - Returns: nil where no worker is left out.
    static func leftOut(_ count: Int, of all: Int) -> CommandFailure? {
        count == 0 ? nil : CommandFailure(.partlyDone, "\(count) of \(all) workers are left out")
    }
}
