import Gateway

extension FileSection where Value == BreakerPolicy {
    static let breakers = FileSection(
        [
            Field("failures", \.failures, .integer(1...10_000)),
            Field("failure_share", \.failureShare, .number(0.01...1)),
            Field("window", \.window, .time(.seconds(1)...(.seconds(600)))),
            Field("open_for", \.openFor, .time(.milliseconds(100)...(.seconds(600)))),
            Field("longest_open", \.longestOpen, .time(.milliseconds(100)...(.seconds(3_600)))),
            Field("trials", \.trials, .integer(1...100)),
        ], check: checkTimes)

    @Sendable private static func checkTimes(_ policy: BreakerPolicy, _ file: FileValue) throws {
        guard policy.longestOpen < policy.openFor else { return }
        throw file.refusal(
            at: "longest_open",
            words: "\(DurationText.write(policy.longestOpen)) are less than the "
                + "\(DurationText.write(policy.openFor)) of open_for, which the wait begins with")
    }
}
