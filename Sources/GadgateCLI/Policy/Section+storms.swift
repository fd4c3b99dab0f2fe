import Gateway

extension FileSection where Value == StormPolicy {
    static let storms = FileSection([
        Field("factor", \.factor, .number(1.5...1_000)),
        Field("minimum_per_second", \.minimumPerSecond, .number(1...1_000_000)),
        Field("baseline_window", \.baselineWindow, .time(.seconds(10)...(.seconds(86_400)))),
        Field("calm_after", \.calmAfter, .time(.seconds(1)...(.seconds(600)))),
        Field("spread", \.spread, .time(.seconds(1)...(.seconds(600)))),
    ])
}
