import ArgumentParser

/// How `get` prints.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    /// For people.
    case table
    /// The table with every column.
    case wide
    /// An array of objects.
    case json
    /// With a header line.
    case csv
}

/// How a command that changes something prints its outcome.
enum OutcomeFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    /// One object.
    case json
}
