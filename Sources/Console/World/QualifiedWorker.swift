import FleetModel

/// A worker of one of several contexts is called `context/worker` within the console, and so is told apart from one of
/// the same name in another. At the console's boundary names are made and taken apart again.
extension WorkerID {
    private static let mark: Character = "/"

    package func qualified(by context: String) -> WorkerID { WorkerID("\(context)\(Self.mark)\(rawValue)") }

    /// nil for a name that no context stands before; names of contexts hold no slash.
    package var context: String? {
        rawValue.firstIndex(of: Self.mark).map { String(rawValue[..<$0]) }
    }

    /// As its own fleet calls it.
    package var unqualified: WorkerID {
        rawValue.firstIndex(of: Self.mark).map { WorkerID(String(rawValue[rawValue.index(after: $0)...])) } ?? self
    }
}
