import Testing

/// Everything that starts real processes: one test at a time, so that each has the machine to itself.
@Suite("The whole system", .serialized)
enum Integration {}
