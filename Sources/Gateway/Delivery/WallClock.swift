import FleetModel
import FoundationEssentials

/// The time of day, as the edge of the gateway reads it; injected wherever something is decided by it.
enum WallClock {
    static func now() -> UnixTime { UnixTime(seconds: Date().timeIntervalSince1970) }
}
