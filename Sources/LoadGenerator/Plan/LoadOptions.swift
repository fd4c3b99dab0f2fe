import FleetModel
import Redis

/// What a run of gadload is asked to do.
package struct LoadOptions: Sendable {
    package var targets: [TargetURL]
    package var clients = 100
    /// Connections begun a second, by all processes together.
    package var connectRate = 500.0
    /// The ordinary rooms, then the critical ones.
    package var rooms: [RoomName]
    /// How many of the rooms are ordinary; of the others each client joins one.
    package var ordinaryRooms: Int
    /// Of the ordinary rooms.
    package var roomsPerClient = 1
    package var spread = RoomPopularity.even
    package var publishing: Publishing
    /// Messages a second, to the rooms in turn; without the critical ones when those have a rate of their own.
    package var publishRate = 100.0
    package var criticalRate: Double?
    /// Whether messages of critical rooms are published through the script that also keeps them in a stream.
    package var usesStreams = true
    /// Where a WebSocket publisher connects; nil for the first target.
    package var publishTarget: TargetURL?
    /// Of a message; the fixed parts of an envelope may need more.
    package var messageSize = ByteCount(128)
    /// From the first published message to the last; nil goes on until the run is stopped.
    package var duration: Duration?
    /// nil takes as few as the limit on open files allows.
    package var processes: Int?
    /// nil takes as few as the range of local ports allows.
    package var sourceAddresses: Int?
    package var token = TokenSource.none
    package var dialect = Dialect.gad
    /// PEM file that the certificates of `wss://` targets are checked against; nil for the system's authorities.
    package var certificateAuthority: String?
    /// Whether clients acknowledge critical messages.
    package var acknowledges = false
    /// How many clients stop reading once they have joined.
    package var stuckClients = 0
    package var storm: Storm?
    /// Processes whose CPU time and memory are reported.
    package var serverPIDs: [Int32] = []

    package enum Publishing: Sendable {
        case redis(RedisTarget)
        case webSocket
        case nothing
    }

    /// Clients lose their connections at once, and come back as they see fit.
    package struct Storm: Sendable {
        package var clients: Int
        /// After publishing began.
        package var start: Duration

        package init(clients: Int, start: Duration) {
            self.clients = clients
            self.start = start
        }
    }

    /// The class of each room: by name as the gateway has it unless it is told otherwise, and critical beyond the
    /// ordinary ones.
    package var classes: [Criticality] {
        rooms.enumerated().map { index, room in
            index < ordinaryRooms ? CriticalityRules.standard.criticality(of: room) : .critical
        }
    }

    package init(targets: [TargetURL], rooms: [RoomName], publishing: Publishing) {
        self.targets = targets
        self.rooms = rooms
        ordinaryRooms = rooms.count
        self.publishing = publishing
    }
}
