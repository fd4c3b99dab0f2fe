import AdminAPI
import FleetModel
import Glibc

/// Asks single questions of workers, any number of them at once; a worker that does not answer delays no other.
package final class AdminClient: Sendable {
    private let inbox: Inbox<Order>

    fileprivate enum Order: Sendable {
        case exchange(AdminRequest, @Sendable (Result<AdminResponse, TransferFailure>) -> Void)
        case stop
    }

    /// - Throws: when the process may open no more files or start no more threads.
    package init() throws {
        let inbox = try Inbox<Order>()
        self.inbox = inbox
        let started = DedicatedThread.start { ExchangeLoop.run(inbox) }
        guard started else { throw AdminClientFailure.noThread }
    }

    deinit {
        inbox.put(.stop)
    }

    /// The answer as it came, whatever its status. Ends at the latest with the request's timeout.
    package func response(to request: AdminRequest) async throws(AdminFailure) -> AdminResponse {
        let answer = Awaited<Result<AdminResponse, TransferFailure>>()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                answer.wait(with: continuation)
                inbox.put(.exchange(request) { answer.come($0) })
            }
        } onCancel: {
            if request.endsWithTask { answer.come(.failure(.late)) }
        }
        return try result.mapError { AdminFailure(request.endpoint, $0) }.get()
    }

    /// A worker's newest sample, after one of some seconds earlier where it has one.
    package func recentSamples(of endpoint: AdminEndpoint) async throws(AdminFailure) -> [SharedSample] {
        let response = try await response(to: .recentSamples(of: endpoint))
        do {
            return try response.samples()
        } catch {
            throw AdminFailure(endpoint, error)
        }
    }

    /// The answer's body as a value; an answer that is no success is thrown with what the worker said of it.
    package func value<Value: Decodable>(
        of type: Value.Type, from request: AdminRequest
    ) async throws(AdminFailure) -> Value {
        let response = try await response(to: request)
        do {
            return try response.decoded(as: type)
        } catch {
            throw AdminFailure(request.endpoint, error)
        }
    }
}

/// An exchange with one worker that came to nothing.
package struct AdminFailure: Error, Sendable, Equatable {
    package let endpoint: AdminEndpoint
    package let failure: TransferFailure

    package init(_ endpoint: AdminEndpoint, _ failure: TransferFailure) {
        self.endpoint = endpoint
        self.failure = failure
    }
}

/// libcurl's thread could not be had.
package enum AdminClientFailure: Error, CustomStringConvertible {
    case noThread

    package var description: String {
        "cannot start a thread for the admin connections; raise the limit on processes (ulimit -u)"
    }
}

/// The thread behind an `AdminClient`.
private enum ExchangeLoop {
    static func run(_ inbox: Inbox<AdminClient.Order>) {
        do {
            let engine = try TransferEngine()
            while perform(inbox.takeAll(), on: engine) {
                engine.turn(wakeup: inbox.descriptor, until: .now + idleWait)
            }
        } catch {
            refuseAll(inbox, because: .other("libcurl cannot be initialised: \(error)"))
        }
    }

    /// Orders and sockets wake the loop; this only bounds one wait.
    private static let idleWait: Duration = .seconds(3600)

    /// - Returns: false once the client is gone.
    private static func perform(_ orders: [AdminClient.Order], on engine: TransferEngine) -> Bool {
        for order in orders {
            switch order {
            case .exchange(let request, let done): start(request, done, on: engine)
            case .stop: return false
            }
        }
        return true
    }

    private static func start(
        _ request: AdminRequest, _ done: @escaping (Result<AdminResponse, TransferFailure>) -> Void,
        on engine: TransferEngine
    ) {
        do {
            engine.start(try Transfer(request, receiver: BodyCollector(done: done)))
        } catch {
            done(.failure(.other("libcurl refused the request: \(error)")))
        }
    }

    private static func refuseAll(_ inbox: Inbox<AdminClient.Order>, because failure: TransferFailure) {
        var wake = [pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0)]
        while true {
            poll(&wake, 1, -1)
            for order in inbox.takeAll() {
                switch order {
                case .exchange(_, let done): done(.failure(failure))
                case .stop: return
                }
            }
        }
    }
}
