/// Waits until `condition` holds, looking every 10 ms: what a test does in the place of sleeping.
///
/// - Parameter what: what is awaited, as the end of the sentence "did not happen within 5 s: …".
/// - Throws: `NeverHappened` after the deadline, or what `condition` throws.
package func eventually(
    _ what: String, within limit: Duration = .seconds(5), _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    while try await !condition() {
        guard clock.now < deadline else { throw NeverHappened(description: "did not happen within \(limit): \(what)") }
        try await clock.sleep(for: .milliseconds(10))
    }
}

/// As `eventually` with a condition, for something that is nil until it is there.
package func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(5), value: () async throws -> Value?
) async throws -> Value {
    var found: Value?
    try await eventually(what, within: limit) {
        found = try await value()
        return found != nil
    }
    guard let found else { throw NeverHappened(description: "did not happen: \(what)") }
    return found
}

/// Something a test waited for did not come true in time.
package struct NeverHappened: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}
