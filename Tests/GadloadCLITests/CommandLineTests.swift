import ArgumentParser
import Foundation
import JWTKit
import LoadGenerator
import Testing

@testable import GadloadCLI

struct CommandLineTests {
    @Test("a run needs a URL, and a Redis to publish through")
    func needs() {
        #expect(throws: (any Error).self) { try RunCommand.parse([]) }
        #expect(throws: (any Error).self) { try RunCommand.parse(["--url", "ws://gate/", "--publish", "redis"]) }
        #expect(throws: Never.self) { try RunCommand.parse(["--url", "ws://gate/"]) }
        let sentinels = ["--publish", "redis", "--sentinel", "127.0.0.1:26379,127.0.0.1:26380", "--master", "gad"]
        #expect(throws: Never.self) { try RunCommand.parse(["--url", "ws://gate/"] + sentinels) }
    }

    @Test(
        "values that make no sense are refused",
        arguments: [
            ["--url", "http://gate/"], ["--clients", "-1"], ["--rooms", "0"],
            ["--rooms", "2", "--rooms-per-client", "3"],
            ["--publish-rate", "0"], ["--connect-rate", "fast"], ["--processes", "0"], ["--message-size", "-1"],
            ["--duration", "-1"], ["--room-prefix", "a b"], ["--token", "t", "--token-secret-file", "f"],
            ["--publish", "redis", "--redis", "http://x"],
            ["--clients", "5", "--stuck", "3", "--storm", "3"], ["--storm", "0"],
            ["--publish", "redis", "--sentinel", ""], ["--critical-rooms", "-1"],
            ["--room-prefix", "gov:load-", "--critical-rooms", "1"],
            ["--redis", "redis://127.0.0.1"], ["--publish", "websocket", "--sentinel", "127.0.0.1:26379"],
            ["--critical-rate", "5"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try RunCommand.parse(["--url", "ws://gate/"] + arguments) }
    }

    @Test("a rate may say that it is a second's")
    func rates() {
        #expect(Rate(argument: "500/s")?.perSecond == 500)
        #expect(Rate(argument: "0.5")?.perSecond == 0.5)
        #expect(Rate(argument: "inf") == nil)
    }

    @Test("tokens are HS256 JWTs, one for each client, with its subject and the role")
    func tokens() async throws {
        let file = "/tmp/gadload-test-secret-\(UInt64.random(in: .min ... .max))"
        try "a secret that is long enough for HS256\n".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let tokens = try #require(
            try await JWTMint().tokens(for: 5..<7, source: .minted(secretFile: file, role: "USER")))
        let keys = await JWTKeyCollection()
            .add(hmac: HMACKey(from: "a secret that is long enough for HS256"), digestAlgorithm: .sha256)
        let claims = try await keys.verify(tokens[1], as: Claims.self)
        #expect(tokens.count == 2)
        #expect(claims.sub == "user-6")
        #expect(claims.role == "USER")
    }

    @Test("a secret that cannot be read is a refusal that names the file")
    func noSecret() async {
        let source = TokenSource.minted(secretFile: "/no/such/file", role: "USER")
        await #expect(throws: LoadRefusal.self) { try await JWTMint().tokens(for: 0..<1, source: source) }
    }

    private struct Claims: JWTPayload {
        let sub: String
        let role: String

        func verify(using algorithm: some JWTAlgorithm) {}
    }
}
