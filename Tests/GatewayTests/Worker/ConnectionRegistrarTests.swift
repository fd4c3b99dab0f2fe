import FleetModel
import Logging
import NIOCore
import Testing

@testable import Gateway

@Suite("Connections in the registry")
struct ConnectionRegistrarTests {
    private static let secret = AuthenticatorTests.secret

    /// Runs `body` beside a registrar, which is cancelled at its end.
    private static func run(
        _ registration: MemoryConnectionRegistration, away: Bool = false,
        _ body: @escaping @Sendable (TestWorker) async throws -> Void
    ) async throws {
        registration.isAway = away
        try await TestWorker.run(authentication: .secret(secret)) { worker in
            var policy = BreakerPolicy()
            (policy.openFor, policy.longestOpen) = (.milliseconds(50), .milliseconds(50))
            let breakers = BreakerBoard(policy: policy)
            let registrar = ConnectionRegistrar(
                registration: registration, plane: worker.plane, worker: WorkerID(node: "test", index: 0),
                breakers: breakers, logger: Logger(label: "test"))
            await registrar.prepare()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await registrar.run() }
                try await body(worker)
                group.cancelAll()
            }
        }
    }

    private static func open(_ worker: TestWorker, _ user: String?) async throws -> (TestClient, String) {
        var claims: [String: Claim] = ["role": .text("USER")]
        claims["sub"] = user.map { .text($0) }
        let token = try await AuthenticatorTests.token(claims)
        let (client, ack) = try await TestClient.open(port: worker.port, target: "/ws/connect?token=\(token)")
        return (client, try #require(ack.string("connection_id")))
    }

    @Test("clients with a user are added in batches and removed at their end, which is measured")
    func lifecycle() async throws {
        let registration = MemoryConnectionRegistration()
        try await Self.run(registration) { worker in
            let (first, one) = try await Self.open(worker, "u-1")
            let (_, two) = try await Self.open(worker, "u-2")
            let (anonymous, _) = try await Self.open(worker, nil)
            try await eventually("both are there") { registration.entries == [one: "u-1", two: "u-2"] }
            await anonymous.close()
            await first.close()
            try await eventually("one is gone") { registration.entries == [two: "u-2"] }
            try await eventually("both ends are measured") { await worker.plane.snapshot().cleanup.count == 2 }
        }
        #expect(registration.calls.first == "sweep" && registration.entries.isEmpty)
    }

    @Test("what happened while Redis was away is made up for when it is back")
    func away() async throws {
        let registration = MemoryConnectionRegistration()
        try await Self.run(registration, away: true) { worker in
            let (early, _) = try await Self.open(worker, "early")
            let (_, stays) = try await Self.open(worker, "stays")
            registration.isAway = false
            try await eventually("those who are there are added") { registration.entries.count == 2 }
            #expect(registration.calls.first == "sweep")
            let failures = registration.failures
            registration.isAway = true
            let (_, late) = try await Self.open(worker, "late")
            await early.close()
            try await eventually("a call fails") {
                let left = await worker.plane.connectionCount()
                return left == 2 && registration.failures > failures
            }
            registration.forget()
            registration.isAway = false
            try await eventually("the registry has who is there") {
                registration.entries == [stays: "stays", late: "late"]
            }
        }
        #expect(registration.entries.isEmpty)
    }
}

@Suite("What the registry is told")
struct RegistryBookTests {
    private let now = NIODeadline.uptimeNanoseconds(1_000)

    private func notes(_ list: RegistryNotes.Note...) -> RegistryNotes {
        list.reduce(into: RegistryNotes()) { $0.add($1) }
    }

    @Test("a client that came and went between two looks is never told of")
    func brief() {
        var book = RegistryBook()
        let id = RandomID()
        let ends = book.take(notes(.opened(id, userID: "u"), .closed(id, userID: "u", at: now)))
        #expect(ends == [now] && book.additions.isEmpty && book.removals.isEmpty)
    }

    @Test("after a failed call everyone is told again, and whoever goes is removed in any case")
    func doubt() {
        var book = RegistryBook()
        let (stays, goes) = (RandomID(), RandomID())
        _ = book.take(notes(.opened(stays, userID: "s"), .opened(goes, userID: "g")))
        book.added(book.additions)
        #expect(book.additions.isEmpty && book.batches.flatMap(\.self).count == 2)
        book.doubt()
        #expect(book.additions.count == 2)
        #expect(book.take(notes(.closed(goes, userID: "g", at: now))).isEmpty)
        #expect(book.additions.map(\.userID) == ["s"] && book.removals.map(\.connection.userID) == ["g"])
    }

    @Test("lost notes are made up for by asking who is there")
    func lost() {
        var book = RegistryBook()
        let (old, new) = (RandomID(), RandomID())
        _ = book.take(notes(.opened(old, userID: "o")))
        book.added(book.additions)
        book.replace(with: [new: "n"], at: now)
        #expect(book.additions.map(\.userID) == ["n"] && book.removals.map(\.connection.userID) == ["o"])
    }

    @Test("notes are bounded and say when some are missing")
    func bounded() {
        var notes = RegistryNotes()
        for _ in 0...RegistryNotes.capacity { notes.add(.opened(RandomID(), userID: "u")) }
        let taken = notes.take()
        #expect(taken.notes.count == RegistryNotes.capacity && taken.isIncomplete)
        #expect(notes.notes.isEmpty && !notes.isIncomplete)
    }
}
