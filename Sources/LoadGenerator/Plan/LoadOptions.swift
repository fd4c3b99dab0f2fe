import FleetModel
import Redis

/// What a run of gadload is asked to do.
package struct LoadOptions: Sendable {
    package var targets: [TargetURL]
    package var clients = 100
    /// Connections begun a second, by all processes together.
    package var connectRate = 500.0
    package var rooms: [RoomName]
    package var roomsPerClient = 1
    package var spread = RoomPopularity.even
    package var publishing: Publishing
    /// Messages a second, to the rooms in turn.
    package var publishRate = 100.0
    /// Of a message; the fixed parts of an envelope may need more.
    package var messageSize = ByteCount(128)
    /// From the first published message to the last; nil goes on until the run is stopped.
    package var duration: Duration?
    /// nil takes as few as the limit on open files allows.
    package var processes: Int?
    /// nil takes as few as the range of local ports allows.
    package var sourceAddresses: Int?
    package var token = TokenSource.none
    /// Processes whose CPU time and memory are reported.
    package var serverPIDs: [Int32] = []

    package enum Publishing: Sendable {
        case redis(RedisURL)
        case webSocket
        case nothing
    }

    package init(targets: [TargetURL], rooms: [RoomName], publishing: Publishing) {
        self.targets = targets
        self.rooms = rooms
        self.publishing = publishing
    }
}
