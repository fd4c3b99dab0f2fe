import ArgumentParser
import FleetModel
import LoadGenerator
import Redis

/// Who connects, where, and how fast.
struct ClientOptions: ParsableArguments {
    @Option(
        name: .customLong("url"),
        help: ArgumentHelp(
            "Where to connect; repeat it to spread the clients over several.",
            valueName: "ws[s]://host:port/path"))
    var urls: [TargetURL] = []

    @Option(name: .customLong("clients"), help: "How many clients.")
    var count = 100

    @Option(help: ArgumentHelp("Connections begun a second.", valueName: "n/s"))
    var connectRate = Rate(500)

    @Option(help: "Processes to spread the clients over: auto takes as few as the limit on open files allows.")
    var processes = AutoCount.auto

    @Option(help: "Addresses 127.0.0.1 and up to connect from, for more clients than one has ports.")
    var sourceAddresses = AutoCount.auto

    @Option(help: ArgumentHelp("Sign a token for each client with the HS256 secret in this file.", valueName: "file"))
    var tokenSecretFile: String?

    @Option(help: "Use this token for every client.")
    var token: String?

    @Option(help: "The role in signed tokens.")
    var role = "USER"

    @Flag(help: "Speak TLS to every --url, as if they began with wss://.")
    var tls = false

    @Option(
        name: .customLong("ca"),
        help: ArgumentHelp("Check certificates against this authority, a PEM file.", valueName: "file"))
    var certificateAuthority: String?

    @Option(help: ArgumentHelp("What clients speak: gad, or for comparisons nats, or plain where the URL is the room."))
    var dialect = Dialect.gad

    func validate() throws {
        guard !urls.isEmpty else { throw ValidationError("Say where to connect with --url ws://host:port/ws/connect.") }
        guard (0...Self.maximumClients).contains(count) else {
            throw ValidationError("--clients is from 0 to \(Self.maximumClients).")
        }
        guard token == nil || tokenSecretFile == nil else {
            throw ValidationError("Give --token or --token-secret-file, not both.")
        }
        guard processes.value.map({ (1...Self.maximumProcesses).contains($0) }) ?? true else {
            throw ValidationError("--processes is auto, or from 1 to \(Self.maximumProcesses).")
        }
        guard sourceAddresses.value.map({ (0...Self.maximumAddresses).contains($0) }) ?? true else {
            throw ValidationError("--source-addresses is auto, or from 0 to \(Self.maximumAddresses).")
        }
    }

    func apply(to options: inout LoadOptions) {
        options.clients = count
        if tls { for index in options.targets.indices { options.targets[index].isSecure = true } }
        options.certificateAuthority = certificateAuthority
        options.dialect = dialect
        options.connectRate = connectRate.perSecond
        options.processes = processes.value
        options.sourceAddresses = sourceAddresses.value
        if let token { options.token = .fixed(token) }
        if let file = tokenSecretFile { options.token = .minted(secretFile: file, role: role) }
    }

    /// More than one machine's memory and addresses bear.
    private static let maximumClients = 1_000_000
    private static let maximumProcesses = 256
    /// Those of two octets of 127.0.0.0/8.
    private static let maximumAddresses = 65_534
}

/// Which rooms there are and who joins which.
struct RoomOptions: ParsableArguments {
    @Option(name: .customLong("rooms"), help: "How many rooms.")
    var count = 20

    @Option(help: "Rooms that each client joins.")
    var roomsPerClient = 1

    @Option(help: "even gives every room as many clients; skewed a few rooms many and many rooms few (Zipf's law).")
    var spread = RoomPopularity.even

    @Option(
        help: "What room names start with, followed by a number; without it they are those of an operations centre.")
    var roomPrefix: String?

    @Option(help: "Critical rooms on top of those, of which each client joins one.")
    var criticalRooms = 0

    @Option(help: "What the names of these start with; the gateway's rules have to make them critical.")
    var criticalPrefix = "gov:load-"

    func validate() throws {
        guard (0...Self.maximumRooms).contains(criticalRooms) else {
            throw ValidationError("--critical-rooms is from 0 to \(Self.maximumRooms).")
        }
        guard (1...Self.maximumRooms).contains(count) else {
            throw ValidationError("--rooms is from 1 to \(Self.maximumRooms).")
        }
        guard (0...min(count, Self.maximumRoomsPerClient)).contains(roomsPerClient) else {
            throw ValidationError(
                "--rooms-per-client is from 0 to the number of rooms, and at most \(Self.maximumRoomsPerClient).")
        }
    }

    /// The ordinary rooms, then the critical ones.
    func names() throws -> [RoomName] {
        let critical = criticalRooms > 0 ? RoomNames.make(count: criticalRooms, prefix: criticalPrefix) : []
        guard let names = RoomNames.make(count: count, prefix: roomPrefix), let critical else {
            throw ValidationError(
                "--room-prefix and --critical-prefix have to make room names: "
                    + "1 to 128 of A-Z a-z 0-9 : _ . - are allowed.")
        }
        guard Set(names).isDisjoint(with: critical) else {
            throw ValidationError("--critical-prefix makes names that other rooms have; choose another.")
        }
        return names + critical
    }

    func apply(to options: inout LoadOptions) {
        options.ordinaryRooms = count
        options.roomsPerClient = roomsPerClient
        options.spread = spread
    }

    private static let maximumRooms = 100_000
    /// A client's rooms are gone through for each message.
    private static let maximumRoomsPerClient = 64
}
