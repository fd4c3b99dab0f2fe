import Gateway

extension FileSection where Value == DegradationPolicy {
    static let degradation = FileSection([
        Field("loop_lag", \.loopLag, .steps(.seconds(.milliseconds(1)...(.seconds(60))))),
        Field("queue_share", \.queueShare, .steps(.number(0.01...1))),
        Field("sampling", \.sampling, .integer(2...1_000)),
        Field("enter_after", \.enterAfter, .time(.zero...(.seconds(60)))),
        Field("leave_after", \.leaveAfter, .time(.zero...(.seconds(600)))),
        Field("leave_share", \.leaveShare, .number(0.05...1)),
    ])
}

extension FileSection where Value == DegradationPolicy.Steps {
    /// Where each level begins.
    fileprivate static func steps(_ kind: Kind<Double>) -> FileSection {
        FileSection(
            [
                Field("sample_best_effort", \.first, kind),
                Field("shed_best_effort", \.second, kind),
                Field("shed_important", \.third, kind),
            ],
            check: { steps, file in
                try checkRise("sample_best_effort", steps.first, "shed_best_effort", steps.second, kind, file)
                try checkRise("shed_best_effort", steps.second, "shed_important", steps.third, kind, file)
            })
    }

    private static func checkRise(
        _ lower: String, _ from: Double, _ upper: String, _ to: Double, _ kind: Kind<Double>, _ file: FileValue
    ) throws {
        guard to < from else { return }
        throw file.refusal(
            at: upper, words: "\(kind.write(to)) is below the \(kind.write(from)) of \(lower), which comes first")
    }
}
