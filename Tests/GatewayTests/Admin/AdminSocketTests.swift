import FleetModel
import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

@Suite("The admin socket's place")
struct AdminSocketTests {
    let directory = FileManager.default.temporaryDirectory.appending(path: "gad-\(UUID().uuidString.prefix(8))").path

    var socket: AdminSocket { AdminSocket(directory: directory + "/run", worker: WorkerID("gw-w0")) }

    func cleanUp() { try? FileManager.default.removeItem(atPath: directory) }

    func listen() async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: socket.path).get()
    }

    @Test("is made with everything above it, closed to others")
    func made() throws {
        defer { cleanUp() }
        try socket.prepare()
        let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/run")
        #expect(attributes[.posixPermissions] as? Int == 0o750)
    }

    @Test("is free although a killed worker left its socket behind")
    func stale() throws {
        defer { cleanUp() }
        try socket.prepare()
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un(path: socket.path)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        close(descriptor)
        #expect(bound == 0)
        try socket.prepare()
    }

    @Test("is refused while another worker serves on it")
    func live() async throws {
        defer { cleanUp() }
        try socket.prepare()
        let other = try await listen()
        #expect(throws: AdminSocketFailure.inUse(socket.path)) { try socket.prepare() }
        try await other.close()
    }

    @Test("is refused in a directory that others can write in")
    func unsafe() throws {
        defer { cleanUp() }
        try socket.prepare()
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: directory + "/run")
        let error = #expect(throws: AdminSocketFailure.self) { try socket.prepare() }
        #expect(error?.description.contains("others than its owner can write in it") == true)
    }

    @Test("is refused where a file has the directory's name")
    func notADirectory() throws {
        defer { cleanUp() }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: directory + "/run"))
        #expect(throws: AdminSocketFailure.directory(directory + "/run", "it is not a directory")) {
            try socket.prepare()
        }
    }

    @Test("is refused when its path does not fit a socket address")
    func tooLong() {
        let long = AdminSocket(directory: "/tmp/" + String(repeating: "d", count: 100), worker: WorkerID("gw-w0"))
        #expect(throws: AdminSocketFailure.pathTooLong(long.path)) { try long.prepare() }
    }
}
