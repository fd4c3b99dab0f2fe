import AdminAPI
import AdminClient
import Console
import FleetModel
import Synchronization

/// Asks workers what the console's pages want to know, off the main thread; the answers wake the main loop.
@MainActor
final class QueryDesk {
    private let orders: OrderPool<Order>
    private let answers: NewsQueue<FleetAnswer>

    private struct Order: Sendable {
        let query: FleetQuery
        let workers: [WorkerID]
    }

    init(_ source: FleetSource) throws {
        let (answers, asker) = (try NewsQueue<FleetAnswer>(), QueryAsker(source, through: try AdminClient()))
        self.answers = answers
        orders = OrderPool { order in answers.put(await asker.answer(to: order.query, of: order.workers)) }
    }

    var readinessDescriptor: Int32 { answers.descriptor }

    func takeAnswers() -> [FleetAnswer] { answers.takeAll() }

    func ask(_ query: FleetQuery, of workers: [WorkerID]) {
        orders.put(Order(query: query, workers: workers))
    }

    func close() { orders.close() }
}

/// Finds the workers that are meant and asks each once.
private final class QueryAsker: Sendable {
    private let source: FleetSource
    private let client: AdminClient
    /// Where the workers were found the last time.
    private let known = Mutex<[WorkerID: AdminEndpoint]>([:])

    init(_ source: FleetSource, through client: AdminClient) {
        self.source = source
        self.client = client
    }

    func answer(to query: FleetQuery, of workers: [WorkerID]) async -> FleetAnswer {
        let endpoints = await endpoints(of: workers)
        let asked = workers.compactMap { endpoints[$0] }
        let answers = await client.ask(asked, with: .forMost) { (client, endpoint) throws(AdminFailure) in
            let response = try await client.response(to: AdminRequest(query, to: endpoint))
            do throws(TransferFailure) {
                return try query.reply(in: response)
            } catch {
                throw AdminFailure(endpoint, error)
            }
        }
        let parts = answers.map { endpoint, answer in
            FleetAnswer.Part(endpoint.worker, answer.mapError { $0.failure.asAdminError })
        }
        let lost = workers.filter { endpoints[$0] == nil }.map { worker in
            FleetAnswer.Part(
                worker, .failure(AdminError(.notFound, "\(SafeText(worker)) has left the fleet")))
        }
        return FleetAnswer(query, at: .now, parts: parts + lost)
    }

    /// Looked up again when one is not known: workers keep their addresses.
    private func endpoints(of workers: [WorkerID]) async -> [WorkerID: AdminEndpoint] {
        let kept = known.withLock { $0 }
        if workers.allSatisfy({ kept[$0] != nil }) { return kept }
        // Without a list nobody is found, and each worker's part of the answer says so.
        let found = (try? await source.endpoints()) ?? []
        let fresh = Dictionary(found.map { ($0.worker, $0) }) { first, _ in first }
        known.withLock { $0 = fresh }
        return fresh
    }
}
