import AdminAPI
import FleetModel
import TestSupport
import Testing

@testable import AdminClient

@Suite("Asking workers")
struct AdminClientTests {
    private let directory: TemporaryDirectory
    private let client: AdminClient
    private let worker = WorkerID("gw-w0")

    init() throws {
        directory = try TemporaryDirectory()
        client = try AdminClient()
    }

    private var nobody: AdminEndpoint { AdminEndpoint(worker: worker, socketPath: directory.path("gw-w0.sock")) }

    @Test("an answer is decoded, and a proxy named in the environment is not asked")
    func decodes() async throws {
        let report = DrainReport(worker: worker, state: .active, drain: nil)
        let server = try FakeWorker(worker, in: directory.path) { _ in .answer(200, report) }
        defer { server.die() }
        let request = AdminRequest(server.endpoint, .get, .drain)
        #expect(try await client.value(of: DrainReport.self, from: request) == report)
        #expect(server.requests.map(\.method) == ["GET"])
    }

    @Test("a worker's refusal is thrown in its own words")
    func refusal() async throws {
        let refusal = AdminError(.shuttingDown, "gw-w0 is leaving; ask another")
        let server = try FakeWorker(worker, in: directory.path) { _ in .answer(503, refusal) }
        defer { server.die() }
        let failure = await #expect(throws: AdminFailure.self) {
            _ = try await client.value(of: DrainReport.self, from: AdminRequest(server.endpoint, .get, .drain))
        }
        #expect(failure?.failure.reason == "gw-w0 is leaving; ask another")
    }

    @Test("a hung worker is given up in time, and delays no other request")
    func hung() async throws {
        let hung = try FakeWorker(worker, in: directory.path) { _ in .silence }
        let healthy = try FakeWorker(WorkerID("gw-w1"), in: directory.path) { _ in .json(200, []) }
        defer { [hung, healthy].forEach { $0.die() } }
        async let never = client.response(to: AdminRequest(hung.endpoint, .get, .stats, timeout: .seconds(3)))
        // A request that waited for the hung one would time out: it has less time than that one.
        #expect(try await client.response(to: AdminRequest(healthy.endpoint, .get, .stats)).status == 200)
        do {
            _ = try await never
            Issue.record("an answer of a worker that never gives one")
        } catch {
            #expect((error as? AdminFailure)?.failure == .timedOut)
        }
    }

    @Test("a socket that is not there and one nobody listens on are told apart")
    func unreachable() async throws {
        let gone = await #expect(throws: AdminFailure.self) {
            try await client.response(to: AdminRequest(nobody, .get, .stats))
        }
        #expect(gone?.failure == .noSocket)
        try FakeWorker(worker, in: directory.path) { _ in .silence }.die()
        let refused = await #expect(throws: AdminFailure.self) {
            try await client.response(to: AdminRequest(nobody, .get, .stats))
        }
        #expect(refused?.failure == .refused)
    }

    @Test("an endless answer is cut off")
    func bounded() async throws {
        let endless = [UInt8](repeating: 0x20, count: BodyCollector.maximumBody + 1)
        let server = try FakeWorker(worker, in: directory.path) { _ in .json(200, endless) }
        defer { server.die() }
        let failure = await #expect(throws: AdminFailure.self) {
            try await client.response(to: AdminRequest(server.endpoint, .get, .stats, timeout: .seconds(20)))
        }
        #expect(failure?.failure == .tooLarge)
    }

    @Test("a libcurl built with another TLS library is named", arguments: ["GnuTLS/3.7.9", ""])
    func tlsMismatch(backend: String) {
        #expect(CurlLibrary.tlsMismatch(backend: backend)?.contains("OpenSSL") == true)
        #expect(CurlLibrary.tlsMismatch(backend: "OpenSSL/3.0.15") == nil)
        #expect(CurlLibrary.tlsMismatch(backend: "(GnuTLS/3.7.9) OpenSSL/3.0.15") == nil)
        #expect(CurlLibrary.tlsMismatch == nil)
    }
}
