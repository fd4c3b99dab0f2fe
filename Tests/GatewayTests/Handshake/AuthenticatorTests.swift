import FleetModel
import JWTKit
import Testing

@testable import Gateway

@Suite("Tokens")
struct AuthenticatorTests {
    static let secret = Array(repeating: UInt8(ascii: "s"), count: 64)
    private static let now = UnixTime(microseconds: 1_800_000_000_000_000)

    @Test("a token says who its bearer is, with one role or several")
    func identity() async throws {
        let token = try await Self.token(["sub": .text("u-7"), "role": .text("ADMIN"), "exp": .number(1_800_000_060)])
        let identity = try await authenticator().identity(token: token)
        #expect(identity.userID == "u-7" && identity.roles == ["ADMIN"])
        #expect(identity.expiresAt == UnixTime(microseconds: 1_800_000_060_000_000))
        let several = try await Self.token(["sub": .number(7), "roles": .list(["LEVEL_2", "ADMIN"])])
        let other = try await authenticator().identity(token: several)
        #expect(other == Identity(userID: "7", roles: ["LEVEL_2", "ADMIN"], expiresAt: nil))
    }

    @Test("a token outside its time is refused")
    func time() async throws {
        for claims in [["exp": Claim.number(1_800_000_000)], ["nbf": .number(1_800_000_001)]] {
            let token = try await Self.token(claims)
            await #expect(throws: HandshakeRefusal.self) { try await authenticator().identity(token: token) }
        }
    }

    @Test("a token of another secret or another algorithm is refused")
    func forged() async throws {
        let other = try await Self.token(
            ["sub": .text("u")], secret: Array(repeating: 7, count: 64))
        let hs512 = try await Self.token(["sub": .text("u")], algorithm: .sha512)
        // {"alg":"none"} and {"sub":"u"}, unsigned.
        let unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0."
        for token in [other, hs512, unsigned, "", "a.b.c", "x", String(repeating: "A", count: 4_000)] {
            await #expect(throws: HandshakeRefusal.self) { try await authenticator().identity(token: token) }
        }
    }

    @Test("a header that claims HS256 does not make another signature good")
    func tampered() async throws {
        let token = try await Self.token(["sub": .text("u"), "role": .text("USER")])
        let forged = try await Self.token(
            ["sub": .text("u"), "role": .text("ADMIN")], secret: Array(repeating: 8, count: 64))
        let parts = token.split(separator: ".")
        let payload = forged.split(separator: ".")[1]
        let mixed = "\(parts[0]).\(payload).\(parts[2])"
        await #expect(throws: HandshakeRefusal.self) { try await authenticator().identity(token: mixed) }
    }

    @Test("without a token only the anonymous are let in, and never with a bad one where a secret is set")
    func anonymous() async throws {
        await #expect(throws: HandshakeRefusal.self) { try await authenticator().identity(token: nil) }
        let lenient = try await Authenticator(.secret(Self.secret, allowAnonymous: true), wallClock: { Self.now })
        #expect(try await lenient.identity(token: nil) == .anonymous)
        await #expect(throws: HandshakeRefusal.self) { try await lenient.identity(token: "a.b.c") }
        let open = try await Authenticator(.anonymous, wallClock: { Self.now })
        #expect(try await open.identity(token: "a.b.c") == .anonymous)
    }

    @Test("a secret that is too short to protect anything is refused at the start")
    func weakSecret() async throws {
        let failure = await #expect(throws: WeakSecret.self) {
            try await TestWorker.run(authentication: .secret(Array("short".utf8))) { _ in }
        }
        #expect(failure?.description.contains("32") == true)
    }

    @Test("names that could not be part of a channel are refused")
    func names() async throws {
        for name in ["", "a\nb", String(repeating: "x", count: 129)] {
            let token = try await Self.token(["sub": .text(name)])
            await #expect(throws: HandshakeRefusal.self) { try await authenticator().identity(token: token) }
        }
    }

    @Test("a name is taken in one of its forms only, so that equal names are one channel")
    func forms() async throws {
        let composed = try await Self.token(["sub": .text("Jos\u{E9}"), "role": .text("JEFATURA_Ñ")])
        #expect(try await authenticator().identity(token: composed).userID == "Jos\u{E9}")
        for claim in ["sub", "role"] {
            let decomposed = try await Self.token([claim: .text("Jose\u{301}")])
            await #expect(throws: HandshakeRefusal.self) { try await authenticator().identity(token: decomposed) }
        }
    }

    private func authenticator() async throws -> Authenticator {
        try await Authenticator(.secret(Self.secret), wallClock: { Self.now })
    }

    static func token(
        _ claims: [String: Claim], secret: [UInt8] = Self.secret, algorithm: DigestAlgorithm = .sha256
    ) async throws -> String {
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: secret), digestAlgorithm: algorithm)
        return try await keys.sign(Claims(values: claims))
    }
}

/// A claim of a token made for a test.
enum Claim: Codable {
    case text(String), number(Double), list([String])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .list(let list): try container.encode(list)
        }
    }
}

private struct Claims: JWTPayload {
    var values: [String: Claim]

    init(values: [String: Claim]) { self.values = values }
    init(from decoder: any Decoder) throws { values = [:] }
    func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
    func verify(using algorithm: some JWTAlgorithm) throws {}
}
