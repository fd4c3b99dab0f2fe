import FleetModel

/// How the clients of a run are dealt to processes and source addresses.
package struct LoadPlan: Sendable {
    package let processes: [ProcessPlan]
    package let sourceAddresses: Int
    /// Clients that one process can have, by its limit on open files.
    package let clientsPerProcess: Int

    /// Descriptors of a client process that are no client's: pipes, the event loop's own, and some to spare.
    package static let reservedDescriptors = 64
    /// A source address has some 28,000 ports to one server; beyond this, binding slows down as free ones get rare.
    package static let clientsPerAddress = 20_000

    /// - Parameter descriptorLimit: open files that one process may have.
    /// - Throws: `LoadRefusal` when the clients cannot be had on this machine.
    package init(_ options: LoadOptions, run: RunID, descriptorLimit: Int) throws {
        let capacity = max(1, descriptorLimit - Self.reservedDescriptors)
        clientsPerProcess = capacity
        let needed = max(1, (options.clients + capacity - 1) / capacity)
        let count = options.processes ?? needed
        guard count >= needed else {
            throw LoadRefusal.tooFewProcesses(
                asked: count, needed: needed, clients: options.clients, descriptors: descriptorLimit)
        }
        let addresses =
            options.sourceAddresses ?? (options.clients + Self.clientsPerAddress - 1) / Self.clientsPerAddress
        sourceAddresses = addresses
        processes = (0..<count).map { index in
            Self.part(index, of: count, options, run: run, sourceAddresses: addresses)
        }
    }

    private static func part(
        _ index: Int, of count: Int, _ options: LoadOptions, run: RunID, sourceAddresses: Int
    ) -> ProcessPlan {
        func share(of total: Int) -> Range<Int> { (total * index / count)..<(total * (index + 1) / count) }
        let clients = share(of: options.clients)
        return ProcessPlan(
            run: run, targets: options.targets, firstClient: clients.lowerBound, clients: clients.count,
            connectRate: options.connectRate / Double(count), rooms: options.rooms, classes: options.classes,
            ordinaryRooms: options.ordinaryRooms, roomsPerClient: options.roomsPerClient, spread: options.spread,
            sourceAddresses: sourceAddresses, token: options.token, dialect: options.dialect,
            certificateAuthority: options.certificateAuthority, acknowledges: options.acknowledges,
            firstStuck: options.clients - options.stuckClients,
            stormClients: share(of: options.storm?.clients ?? 0).count)
    }
}

/// Why a run does not start, in words for whoever asked for it.
package enum LoadRefusal: Error, Equatable, CustomStringConvertible {
    case tooFewProcesses(asked: Int, needed: Int, clients: Int, descriptors: Int)
    case unresolvable(host: String, reason: String)
    case unreadableSecret(file: String, reason: String)
    case unreadableAuthority(file: String, reason: String)
    case unpublishable(String)
    case processFailed(String)

    package var description: String {
        switch self {
        case .tooFewProcesses(let asked, let needed, let clients, let descriptors):
            "\(clients) clients need at least \(needed) processes of \(descriptors) open files each, and --processes "
                + "says \(asked): raise it, leave it out, or raise the limit with ulimit -Hn"
        case .unresolvable(let host, let reason):
            "the address of \(host) cannot be found (\(reason)): check --url"
        case .unreadableSecret(let file, let reason):
            "the secret in \(file) cannot be read (\(reason)): check --token-secret-file"
        case .unreadableAuthority(let file, let reason):
            "the certificate authority in \(file) cannot be read (\(reason)): check --ca"
        case .unpublishable(let reason):
            "there is no way to publish: \(reason)"
        case .processFailed(let reason):
            "a client process could not be started or ended early: \(reason)"
        }
    }
}
