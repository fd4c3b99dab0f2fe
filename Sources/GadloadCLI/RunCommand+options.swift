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
            valueName: "ws://host:port/path"))
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

    func validate() throws {
        guard (1...Self.maximumRooms).contains(count) else {
            throw ValidationError("--rooms is from 1 to \(Self.maximumRooms).")
        }
        guard (0...min(count, Self.maximumRoomsPerClient)).contains(roomsPerClient) else {
            throw ValidationError(
                "--rooms-per-client is from 0 to the number of rooms, and at most \(Self.maximumRoomsPerClient).")
        }
    }

    func names() throws -> [RoomName] {
        guard let names = RoomNames.make(count: count, prefix: roomPrefix) else {
            throw ValidationError(
                "--room-prefix does not make room names: 1 to 128 of A-Z a-z 0-9 : _ . - are allowed.")
        }
        return names
    }

    func apply(to options: inout LoadOptions) {
        options.roomsPerClient = roomsPerClient
        options.spread = spread
    }

    private static let maximumRooms = 100_000
    /// A client's rooms are gone through for each message.
    private static let maximumRoomsPerClient = 64
}

/// What is published, how, and for how long.
struct PublishingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Messages published a second, to the rooms in turn.", valueName: "n/s"))
    var publishRate = Rate(100)

    @Option(
        name: .customLong("publish"),
        help:
            "redis publishes to the gateway's channels, websocket through a client of the first --url, none not at all."
    )
    var path = PublishingPath.none

    @Option(help: ArgumentHelp("The Redis to publish through.", valueName: "redis://host:port"))
    var redis: String?

    @Option(help: "Bytes of a message; one that needs more for its envelope has more.")
    var messageSize = 128

    @Option(help: "Seconds to publish for; 0 goes on until SIGINT or SIGTERM.")
    var duration = 30.0

    func validate() throws {
        guard (0...Self.maximumSize).contains(messageSize) else {
            throw ValidationError("--message-size is from 0 to \(Self.maximumSize).")
        }
        guard (0...1e7).contains(duration) else { throw ValidationError("--duration is a number of seconds from 0.") }
        _ = try way()
    }

    func way() throws -> LoadOptions.Publishing {
        switch path {
        case .none: return .nothing
        case .websocket: return .webSocket
        case .redis:
            guard let redis else { throw ValidationError("--publish redis needs --redis redis://host:port.") }
            do {
                return .redis(try RedisURL(redis))
            } catch {
                throw ValidationError("--redis: \(error)")
            }
        }
    }

    func apply(to options: inout LoadOptions) throws {
        options.publishRate = publishRate.perSecond
        options.messageSize = ByteCount(Int64(messageSize))
        options.duration = duration > 0 ? .seconds(duration) : nil
    }

    private static let maximumSize = 1 << 20
}

/// What is reported, in which form, and where to.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("server-pid"),
        help: ArgumentHelp("A process of the server, for its CPU time and memory; repeat it.", valueName: "pid"))
    var serverPIDs: [Int32] = []

    @Option(name: .shortAndLong, help: "Form of the report on standard output.")
    var output = ReportForm.text

    @Option(help: ArgumentHelp("Also write the report to this file, as JSON.", valueName: "file"))
    var report: String?

    /// Writes the report and ends with its status.
    func write(_ load: LoadReport) throws {
        switch output {
        case .text: Output.result(load.text())
        case .json: Output.result(try load.json())
        }
        if let report { try ReportFile.write(try load.json(), to: report) }
        throw ExitStatus(load.verdict).code
    }
}
