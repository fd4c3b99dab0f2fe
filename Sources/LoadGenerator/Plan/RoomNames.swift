import FleetModel

/// The names of the rooms of a run.
package enum RoomNames {
    /// As many names as asked for, most popular room first.
    /// - Parameter prefix: what every name starts with, followed by a number; without one the names are those of an
    ///   operations centre, of all three criticality classes.
    /// - Returns: nil when the prefix makes names that are no room names.
    package static func make(count: Int, prefix: String?) -> [RoomName]? {
        let names = (0..<max(1, count)).compactMap { index in
            RoomName(prefix.map { "\($0)\(index)" } ?? ordinary(index))
        }
        return names.count == max(1, count) ? names : nil
    }

    private static func ordinary(_ index: Int) -> String {
        guard index >= familiar.count else { return familiar[index] }
        let beyond = index - familiar.count
        return districts[beyond % districts.count] + "\(beyond / districts.count + 1)"
    }

    private static let familiar = [
        "citizen:notices", "gov:alerts:critical", "ops:field:north", "citizen:traffic", "ops:field:south",
        "gov:alerts:weather", "citizen:transit", "ops:dispatch", "citizen:health", "gov:civil-defence",
        "ops:field:east",
        "citizen:utilities", "ops:field:west", "citizen:events", "gov:cabinet", "ops:logistics",
    ]
    private static let districts = ["citizen:district-", "ops:unit-", "citizen:school-", "gov:sector-"]
}
