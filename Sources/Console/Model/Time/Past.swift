import FleetModel

/// A time that is over, as the operator looks at it: a moment that stands still, or recorded time.
package struct Past: Sendable {
    /// By the clock on the wall.
    let since: UnixTime
    private let frozen: World
    /// nil while the screen only stands still.
    package internal(set) var travel: Travel?

    init(_ world: World, since: UnixTime, travel: Travel? = nil) {
        frozen = world
        self.since = since
        self.travel = travel
    }

    package var world: World { travel?.world ?? frozen }

    /// There is no present: all that is known is the recording.
    var isReplay: Bool { travel?.source == .file }
}
