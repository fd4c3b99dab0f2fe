import AdminAPI
import AdminClient
import FleetModel
import Glibc
import Redis

/// Where a fleet's workers are found.
enum FleetSource: Sendable, Equatable {
    /// A gateway's run directory.
    case directory(String)
    /// A Redis that workers register with; with credentials also those on other machines can be asked.
    case registry(RedisURL, AdminCredentials? = nil)
    /// Workers on other machines, by name.
    case workers([AdminEndpoint])

    /// - Throws: `CommandFailure` when `url` is no Redis URL.
    init(registry url: String, _ credentials: AdminCredentials? = nil) throws {
        do {
            self = .registry(try RedisURL(url), credentials)
        } catch {
            throw CommandFailure(.wrongUsage, "the Redis URL cannot be read: \(error)")
        }
    }

    /// What the console calls the fleet.
    var name: SafeText {
        switch self {
        case .directory(let path): SafeText(path)
        case .registry(let url, _): SafeText(url.description)
        case .workers: "the context's addresses"
        }
    }

    /// The workers' admin sockets, in the order of the workers' names.
    /// - Throws: `CommandFailure` of status 4, or 5 where access is denied, when there are none.
    func endpoints() async throws -> [AdminEndpoint] {
        let found: [AdminEndpoint]
        switch self {
        case .directory(let path): found = try Self.sockets(in: path)
        case .registry(let url, let credentials):
            found = try await WorkerDirectory.endpoints(at: url, credentials)
        case .workers(let endpoints): found = endpoints
        }
        guard !found.isEmpty else { throw CommandFailure(.unreachable, "no worker found: " + emptyWords) }
        return found
    }

    private static func sockets(in path: String) throws -> [AdminEndpoint] {
        if let found = SocketDirectory(path).endpoints() { return found }
        let (code, shown) = (errno, SafeText(path))
        switch code {
        case EACCES:
            throw CommandFailure(
                .denied, "the run directory \(shown) may not be read: join its group, or run gadtop as its owner")
        case ENOENT:
            throw CommandFailure(.unreachable, "no run directory \(shown): \(startWords)")
        default:
            throw CommandFailure(
                .unreachable,
                "cannot read the run directory \(shown) (\(String(cString: strerror(code)))): \(startWords)")
        }
    }

    private var emptyWords: String {
        switch self {
        case .directory(let path): "\(SafeText(path)) holds no worker's socket; \(Self.startWords)"
        case .registry: "the registry at \(name) names none; is gadgate running with this --redis?"
        case .workers: "the context names none"
        }
    }

    private static let startWords =
        "start gadgate, name its directory with --run-dir, or try 'gadtop demo'"

    /// What to say when there are sockets and none of them answers.
    func unreachable(_ failures: [AdminFailure]) -> CommandFailure {
        let tried = failures.map { "  \(SafeText($0.endpoint.worker)): \(SafeText($0.failure.reason))" }
        let denied = failures.contains(where: \.isDenial)
        return CommandFailure(
            denied ? .denied : .unreachable,
            "none of the \(failures.count) workers at \(name) answers:\n" + tried.prefix(10).joined(separator: "\n")
                + "\nlook whether gadgate runs there (gadgate serve --run-dir …)")
    }
}

extension AdminFailure {
    /// We are kept from asking, or the worker does not let us.
    var isDenial: Bool {
        switch failure {
        case .denied, .untrusted, .status(403, _): true
        case .refused, .noSocket, .pathTooLong, .timedOut, .late, .closed, .notHTTP, .tooLarge, .notSamples, .silent,
            .status, .undecodable, .other:
            false
        }
    }
}
