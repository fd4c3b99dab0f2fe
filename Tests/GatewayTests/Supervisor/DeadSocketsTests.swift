import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

@Suite("Sockets that workers left behind")
struct DeadSocketsTests {
    let directory = FileManager.default.temporaryDirectory.appending(path: "gad-\(UUID().uuidString.prefix(8))").path

    func listener(_ name: String) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: "\(directory)/\(name)").get()
    }

    /// A socket that nobody listens on any more, as a worker that was killed leaves it.
    func leave(_ name: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un(path: "\(directory)/\(name)")
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
    }

    @Test("are removed when they are of the node and refuse; all else stays")
    func removal() async throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let live = try await listener("gw-w1.sock")
        for name in ["gw-w0.sock", "gw-w12.sock", "other-w0.sock", "gw-wx.sock"] { try leave(name) }
        try Data().write(to: URL(filePath: "\(directory)/gw-w3.sock"))
        DeadSockets(directory: directory, node: "gw").remove()
        let left = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        #expect(left == ["gw-w1.sock", "gw-w3.sock", "gw-wx.sock", "other-w0.sock"])
        try await live.close()
    }
}
