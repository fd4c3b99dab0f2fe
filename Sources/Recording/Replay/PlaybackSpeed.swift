/// How much faster than it happened a recording is replayed; each step doubles.
package struct PlaybackSpeed: Sendable, Equatable, Comparable {
    /// The power of two.
    private let exponent: Int

    package static let slowest = PlaybackSpeed(exponent: -2)
    package static let normal = PlaybackSpeed(exponent: 0)
    package static let fastest = PlaybackSpeed(exponent: 6)

    /// The slowest first.
    package static let all = (slowest.exponent...fastest.exponent).map { PlaybackSpeed(exponent: $0) }

    private init(exponent: Int) {
        self.exponent = exponent
    }

    package var faster: PlaybackSpeed { min(PlaybackSpeed(exponent: exponent + 1), .fastest) }
    package var slower: PlaybackSpeed { max(PlaybackSpeed(exponent: exponent - 1), .slowest) }

    package static func < (left: Self, right: Self) -> Bool { left.exponent < right.exponent }

    /// How much of the recording passes while `elapsed` does.
    package func of(_ elapsed: Duration) -> Duration {
        exponent < 0 ? elapsed / (1 << -exponent) : elapsed * (1 << exponent)
    }

    /// `1/4`, `1`, `64`.
    package var label: String { exponent < 0 ? "1/\(1 << -exponent)" : "\(1 << exponent)" }
}
