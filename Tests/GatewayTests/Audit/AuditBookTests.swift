import AdminAPI
import FleetModel
import Foundation
import Logging
import TestSupport
import Testing

@testable import Gateway

@Suite("A worker's audit")
struct AuditBookTests {
    let directory: TemporaryDirectory
    let shared = MemorySharedAudit()

    init() throws {
        directory = try TemporaryDirectory()
    }

    let asker = Asker(name: "maria", origin: "unix, process 7", granted: .operator, role: .operator)

    func mutation(_ action: String = "drain", _ place: Mutation.Place = .single) -> Mutation {
        Mutation(action: action, target: "gw-w0", place: place, role: .operator, reason: "why", before: "active")
    }

    func book(_ worker: String = "gw-w0") -> AuditBook {
        AuditBook(
            worker: WorkerID(worker), directory: directory.path("audit"), shared: shared, logger: .silent,
            now: { UnixTime(microseconds: 1_000_000) })
    }

    func running(_ books: [AuditBook], _ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for book in books { group.addTask { await book.run() } }
            defer { group.cancelAll() }
            try await body()
        }
    }

    func lines(_ worker: String = "gw-w0") throws -> [AuditRecord] {
        try String(contentsOfFile: directory.path("audit/\(worker).jsonl"), encoding: .utf8).split(separator: "\n")
            .map { try AdminJSON.decode(AuditRecord.self, from: Array($0.utf8)) }
    }

    @Test("has an act in both chains before it happens, and its outcome after it")
    func both() async throws {
        let book = book()
        try await running([book]) {
            let entry = try await book.begin(mutation(), by: asker, operation: "op-1")
            #expect(shared.records.map(\.event.kind) == [.before])
            await book.end(entry, outcome: "done", after: "draining")
            try await TestSupport.eventually("the outcome is shared") { shared.records.count == 2 }
        }
        let outcome = try #require(shared.records.last?.event)
        #expect(outcome.begun == shared.records.first?.event.id)
        #expect(outcome.before == "active" && outcome.after == "draining" && outcome.operation == "op-1")
        #expect(try lines().map(\.event) == shared.records.map(\.event))
        let mode = try FileManager.default.attributesOfItem(atPath: directory.path("audit/gw-w0.jsonl"))
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }

    @Test("chains what several workers write at once")
    func contention() async throws {
        let books = (0..<8).map { book("gw-w\($0)") }
        try await running(books) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for book in books {
                    group.addTask {
                        for _ in 0..<10 { _ = try await book.begin(mutation(), by: asker, operation: nil) }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(shared.records.map(\.sequence) == Array(1...80))
        #expect(shared.records.allSatisfy { $0.contentHash == $0.hash })
        #expect(zip(shared.records, shared.records.dropFirst()).allSatisfy { $0.hash == $1.previousHash })
    }

    @Test("refuses an act without the shared chain, and lets one that restores happen and tells of it later")
    func away() async throws {
        let book = book()
        shared.set(away: true)
        try await running([book]) {
            let refusal = await #expect(throws: AdminError.self) {
                try await book.begin(mutation(), by: asker, operation: nil)
            }
            #expect(refusal?.code == .auditUnavailable)
            _ = try await book.begin(mutation("undrain", .restoring), by: asker, operation: nil)
            #expect(try lines().map(\.event.action) == ["drain", "drain", "undrain"])
            shared.set(away: false)
            try await TestSupport.eventually("what waited is shared") { shared.records.count == 2 }
        }
        #expect(shared.records.map(\.event.kind) == [.outcome, .before])
    }

    @Test("refuses every act when its own file cannot be written")
    func noFile() async throws {
        let book = book()
        try Data().write(to: URL(filePath: directory.path("audit")))
        try await running([book]) {
            for place in [Mutation.Place.single, .restoring] {
                let refusal = await #expect(throws: AdminError.self) {
                    try await book.begin(mutation("undrain", place), by: asker, operation: nil)
                }
                #expect(refusal?.code == .auditUnavailable)
            }
            let page = try await book.page(before: nil, limit: 1)
            #expect(page.trail.fault != nil)
        }
        #expect(shared.records.isEmpty)
    }

    @Test("writes down no more denials of one person than people read, and how many it left out")
    func denials() async throws {
        let book = book()
        try await running([book]) {
            for _ in 0..<200 { await book.denied(mutation(), by: asker, because: "denied") }
        }
        #expect(try lines().count <= DenialBudget.burst + 1)
    }

    @Test("keeps no text that could move a cursor")
    func safe() async throws {
        let book = book()
        var asker = asker
        asker.name = "eve\u{1b}[2J"
        await book.denied(mutation(), by: asker, because: "no")
        #expect(try lines().first?.event.identity == "eve\u{FFFD}[2J")
    }
}
