import FleetModel

/// Every page of the console, in the order of their digits.
package enum PageKind: String, Sendable, CaseIterable, Codable {
    case fleet, rooms, latency, churn, breakers, redis, connections, operations, audit
    case events, throttles, help, alerts, runbooks
    /// One worker whole; led to from the table of workers only.
    case worker

    /// What is typed after `:`, whatever the language; also the name under which a page's preferences are kept.
    var command: String { rawValue }

    /// What leads to it: its digit, or `0` and a digit for those past the ninth.
    var digits: String {
        let number = (Self.allCases.firstIndex(of: self) ?? 0) + 1
        return number <= 9 ? "\(number)" : "0\(number - 9)"
    }

    /// - Parameter isSecond: the digit came after a `0`.
    init?(digit: Character, isSecond: Bool) {
        guard let number = digit.wholeNumberValue, number > 0 else { return nil }
        let index = number - 1 + (isSecond ? 9 : 0)
        guard Self.allCases.indices.contains(index), isSecond || number <= 9 else { return nil }
        self = Self.allCases[index]
    }
}
