import FleetModel

/// What came of a run; its JSON form, with keys in snake_case, is what scripts read.
package struct LoadReport: Sendable, Codable {
    /// Everything was published as asked; nothing was lost, not recovered of a critical room, twice, out of order or
    /// given to the wrong client; and every client got in.
    package enum Verdict: String, Sendable, Codable {
        case clean, faulty
        /// No client ever got in.
        case unreachable
    }

    package var verdict = Verdict.clean
    package var startedAt: UnixTime
    @InSeconds package var elapsed: Duration = .zero
    package var clients = Clients()
    package var connecting = Connecting()
    package var publishing = Publishing()
    package var deliveries = Deliveries()
    package var latency = LatencySummary(LatencyHistogram())
    package var classes = ByClass(repeating: ClassReport())
    package var resumes = Resumes()
    package var storm: Storm?
    package var stuck: Stuck?
    package var faultyRooms: [FaultyRoom] = []
    package var servers: [Server] = []
    package var memoryPerConnectionBytes: Int64?
    /// CPU time of the client processes, to be told from the server's.
    @InSeconds package var clientCPU: Duration = .zero
    package var clientLoad = ProcessLoad()

    enum CodingKeys: String, CodingKey {
        case verdict, startedAt, clients, connecting, publishing, deliveries, latency, faultyRooms, servers
        case classes, resumes, storm, stuck, clientLoad
        case memoryPerConnectionBytes
        case elapsed = "elapsedSeconds"
        case clientCPU = "clientCpuSeconds"
    }

    package struct Clients: Sendable, Codable {
        package var asked = 0
        package var processes = 0
        package var sourceAddresses = 0
        /// With a confirmed subscription at the end of the run.
        package var subscribedAtEnd = 0
    }

    package struct Connecting: Sendable, Codable {
        package var joins = 0
        /// Clients connected a second, from the first dial to the last client's first confirmed subscription.
        package var perSecond: Double?
        package var failures: [String: Int] = [:]
        package var handshake = LatencySummary(LatencyHistogram())
        package var askedToReconnect = 0
        package var reconnects = 0
        package var returnedToAvoidedWorker = 0
        package var closesByServer: [String: Int] = [:]
        package var closesByClient: [String: Int] = [:]
        package var errors: [String: Int] = [:]
    }

    package struct Publishing: Sendable, Codable {
        package var through = "nothing"
        package var askedPerSecond = 0.0
        package var perSecond = 0.0
        @InSeconds package var duration: Duration = .zero
        package var published: UInt64 = 0
        /// Handed over but never confirmed, so expected by nobody.
        package var unconfirmed: UInt64 = 0
        /// Confirmed by Redis, which had no subscriber for them.
        package var unheard: UInt64 = 0
        /// Not published in their time, because the way was blocked.
        package var held: UInt64 = 0
        /// Publishes to streams that were made again after a failure.
        package var retries: UInt64 = 0
        package var messageBytes: Int64 = 0

        enum CodingKeys: String, CodingKey {
            case through, askedPerSecond, perSecond, published, unconfirmed, unheard, held, retries, messageBytes
            case duration = "durationSeconds"
        }
    }

    package struct Deliveries: Sendable, Codable {
        package var expected = 0
        package var received = 0
        package var lost = 0
        package var duplicates = 0
        package var outOfOrder = 0
        package var misrouted = 0
        package var inFlightAtClose = 0
        package var missedWhileAway = 0
        /// Of streams, missing before sessions that the server declared not recovered.
        package var notRecovered = 0
        /// Missing around sessions so many that it is not known which were due.
        package var unaccounted = 0
        package var foreign: UInt64 = 0
        package var malformed: UInt64 = 0
        package var perSecond = 0.0
        package var sessions = 0
        package var clientsThatMoved = 0
        package var sessionsNotAccounted = 0
        /// The run was so long that its beginning is not accounted for.
        package var isBeginningLeftOut = false
    }

    package struct FaultyRoom: Sendable, Codable {
        package var room: RoomName
        package var lost: Int
        package var duplicates: Int
        package var outOfOrder: Int
    }

    package struct Server: Sendable, Codable {
        package var pid: Int32
        /// It ended before the run did; its CPU time is not known.
        package var hasEnded = false
        @InSeconds package var cpu: Duration = .zero
        /// Of it, from the first published message until the last delivery.
        @InSeconds package var cpuPublishing: Duration = .zero
        package var residentBytes: Int64?
        package var proportionalBytes: Int64?
        package var anonymousBytes: Int64?
        package var anonymousBytesBefore: Int64?

        enum CodingKeys: String, CodingKey {
            case pid, hasEnded, residentBytes, proportionalBytes, anonymousBytes, anonymousBytesBefore
            case cpu = "cpuSeconds"
            case cpuPublishing = "cpuPublishingSeconds"
        }
    }
}
