/// Says how long to wait before a worker that ended is started again.
///
/// The first restart is immediate, since most deaths are single. A worker that keeps dying waits twice as long each
/// time, up to a cap, so that it does not eat the machine; one that lived a while starts from the beginning.
package struct RestartPolicy: Sendable, Equatable {
    private var deaths = 0

    static let firstPause: Duration = .milliseconds(500)
    static let longestPause: Duration = .seconds(30)
    /// A worker that lived this long has served: its death is a first one.
    static let steadyLife: Duration = .seconds(10)

    package init() {}

    package mutating func pause(afterLiving life: Duration) -> Duration {
        if life >= Self.steadyLife { deaths = 0 }
        defer { deaths += 1 }
        guard deaths > 0 else { return .zero }
        // 2^6 times the first pause is over the longest one: the shift stays small.
        return min(Self.firstPause * (1 << min(deaths - 1, 6)), Self.longestPause)
    }
}
