import AdminAPI
import FleetModel
import Foundation
import TestSupport
import Testing

@testable import Gateway

@Suite("A worker's audit file")
struct AuditFileTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    var path: String { directory.path("audit/gw-w0.jsonl") }

    func file(rotationSize: Int = AuditFile.standardRotationSize, keep: Int = 16) -> AuditFile {
        AuditFile(directory: directory.path("audit"), name: "gw-w0", rotationSize: rotationSize, keep: keep)
    }

    func event(_ number: Int) -> AuditEvent {
        AuditEvent(
            id: "\(number)", time: UnixTime(microseconds: 0), kind: .before, worker: WorkerID("gw-w0"),
            identity: "maria", origin: "unix", role: .admin, action: "drain", target: "w")
    }

    func records(_ path: String) throws -> [AuditRecord] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            .map { try AdminJSON.decode(AuditRecord.self, from: Array($0.utf8)) }
    }

    func isChain(_ records: [AuditRecord]) -> Bool {
        records.allSatisfy { $0.contentHash == $0.hash }
            && zip(records, records.dropFirst()).allSatisfy { $0.hash == $1.previousHash }
    }

    @Test("goes on with its chain after a restart, also when that came in the middle of a line")
    func restart() async throws {
        let first = file()
        for number in 0..<3 { try await first.append(event(number)) }
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"sequence\":4,".utf8))
        try handle.close()
        try await file().append(event(3))
        let records = try records(path)
        #expect(records.map(\.sequence) == [1, 2, 3, 4])
        #expect(isChain(records))
    }

    @Test("is set aside when it is large, and the chain goes on in the next; the oldest goes")
    func rotation() async throws {
        let file = file(rotationSize: 1_000, keep: 2)
        for number in 0..<20 { try await file.append(event(number)) }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path("audit"))
        #expect(names.count == 3)
        let all = try names.flatMap { try records(directory.path("audit/" + $0)) }.sorted { $0.sequence < $1.sequence }
        #expect(all.last?.sequence == 20)
        #expect(isChain(all))
    }

    @Test("is begun again after somebody removed it under the worker, and its chain tells of that")
    func removed() async throws {
        let file = file()
        try await file.append(event(0))
        try FileManager.default.removeItem(atPath: path)
        try await file.append(event(1))
        #expect(try records(path).map(\.sequence) == [2])
    }

    @Test("is not written to when its end is no record")
    func damaged() async throws {
        try FileManager.default.createDirectory(atPath: directory.path("audit"), withIntermediateDirectories: true)
        try Data("something\n".utf8).write(to: URL(filePath: path))
        let fault = await #expect(throws: AuditFileFault.self) { try await file().append(event(0)) }
        #expect(fault?.description.contains("its last line is no audit record") == true)
    }
}
