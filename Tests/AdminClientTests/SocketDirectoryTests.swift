import AdminAPI
import FleetModel
import Foundation
import Testing

@testable import AdminClient

@Suite("A run directory that is looked at again and again")
struct SocketDirectoryTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "gad-\(UUID())").path

    @Test("holds nothing once it is gone, and is unreadable where it is no directory")
    func unreadable() throws {
        var directory = SocketDirectory(path)
        #expect(directory.look(now: Self.later) == .none)
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard case .unreadable = directory.look(now: Self.later) else {
            Issue.record("what cannot be read is not an empty directory")
            return
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(directory.look(now: Self.later) == .endpoints([]))
        #expect(directory.look(now: Self.later) == .none)
    }

    @Test("is read again while its stamp is young, and told of only when something has changed")
    func young() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var directory = SocketDirectory(path)
        #expect(directory.look(now: 0) == .endpoints([]))
        #expect(directory.look(now: 0) == .none)
        let modified = try #require(
            FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
        _ = FileManager.default.createFile(atPath: path + "/gw-w0.sock", contents: nil)
        try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: path)
        let endpoint = AdminEndpoint(worker: WorkerID("gw-w0"), socketPath: path + "/gw-w0.sock")
        #expect(directory.look(now: 0) == .endpoints([endpoint]))
        #expect(directory.look(now: Self.later) == .none)
    }

    /// Long after every stamp.
    private static let later = Int.max / 2
}
