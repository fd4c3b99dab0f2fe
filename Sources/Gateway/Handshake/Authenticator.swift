import FleetModel
import Foundation
import JWTKit
import NIOCore

/// Tells who a client is by its token, before its connection is upgraded.
struct Authenticator: Sendable {
    private let authentication: DataPlaneConfiguration.Authentication
    private let keys = JWTKeyCollection()
    private let wallClock: @Sendable () -> UnixTime

    /// - Throws: `WeakSecret`.
    init(
        _ authentication: DataPlaneConfiguration.Authentication,
        wallClock: @escaping @Sendable () -> UnixTime = WallClock.now
    ) async throws(WeakSecret) {
        self.authentication = authentication
        self.wallClock = wallClock
        if case .secret(let secret, _) = authentication {
            guard secret.count >= WeakSecret.minimumLength else { throw WeakSecret(length: secret.count) }
            await keys.add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
        }
    }

    /// - Throws: `HandshakeRefusal.unauthorized`, which says why without repeating the token.
    func identity(token: String?) async throws(HandshakeRefusal) -> Identity {
        switch (authentication, token) {
        case (.anonymous, _), (.secret(_, allowAnonymous: true), nil): .anonymous
        case (.secret, nil):
            throw .unauthorized("a token is needed, as Authorization: Bearer or as ?token=")
        case (.secret, let token?): try await verified(token)
        }
    }

    /// Verifies a token off the loop and calls back on it: jwt-kit is asynchronous, so a handshake and a fresh token,
    /// and nothing else of a connection, have a task.
    func identify(
        _ token: String?, on loop: any EventLoop, _ completion: @escaping (Result<Identity, HandshakeRefusal>) -> Void
    ) {
        let promise = loop.makePromise(of: Result<Identity, HandshakeRefusal>.self)
        promise.completeWithTask {
            do throws(HandshakeRefusal) {
                return .success(try await identity(token: token))
            } catch {
                return .failure(error)
            }
        }
        promise.futureResult.assumeIsolated().whenSuccess(completion)
    }

    private func verified(_ token: String) async throws(HandshakeRefusal) -> Identity {
        guard (try? Self.algorithm(of: token)) == "HS256" else {
            // Whatever is wrong with the header, what the client has to do is the same.
            throw .unauthorized("the token is not a JWT signed with HS256")
        }
        let claims: TokenClaims
        do {
            claims = try await keys.verify(token)
        } catch let error as JWTError where error.errorType == .signatureVerificationFailed {
            throw .unauthorized("the token's signature is not ours")
        } catch {
            throw .unauthorized("the token is not a JWT that this gateway can read")
        }
        try check(claims)
        return Identity(userID: claims.userID, roles: claims.roles, expiresAt: claims.expiresAt)
    }

    private func check(_ claims: TokenClaims) throws(HandshakeRefusal) {
        let now = wallClock()
        if let expiry = claims.expiresAt, expiry <= now { throw .unauthorized("the token expired at \(expiry)") }
        if let start = claims.notBefore, start > now { throw .unauthorized("the token is not valid before \(start)") }
    }

    /// jwt-kit takes the signer it was given, whatever the header says; a token that names another is refused.
    private static func algorithm(of token: String) throws -> String? {
        let parser = DefaultJWTParser()
        let header = try parser.getTokenParts(Array(token.utf8)).header
        return try JSONDecoder().decode(Header.self, from: base64URL(header) ?? Data()).alg
    }

    private struct Header: Decodable {
        var alg: String?
    }

    private static func base64URL(_ text: ArraySlice<UInt8>) -> Data? {
        var plain = String(decoding: text, as: UTF8.self)
        plain = plain.replacing("-", with: "+").replacing("_", with: "/")
        plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain)
    }
}

/// A secret shorter than HS256 allows (RFC 7518, 3.2): it could be guessed from any token.
package struct WeakSecret: Error, Equatable, CustomStringConvertible {
    /// In bytes.
    package static let minimumLength = 32

    package var length: Int

    package var description: String {
        "the JWT secret has \(length) bytes, but HS256 needs \(Self.minimumLength) or more; use a longer one"
    }
}

/// The claims that the gateway reads: whose token it is, the roles it gives, and for how long.
struct TokenClaims: JWTPayload {
    var userID: String?
    var roles: [String]
    var expiresAt: UnixTime?
    var notBefore: UnixTime?

    /// Roles of one client; each is a group and a channel.
    private static let maximumRoles = 16
    /// Of a user's id and of a role, in bytes: both become parts of channel names.
    private static let maximumNameLength = 128

    private enum CodingKeys: String, CodingKey {
        case sub, role, roles, exp, nbf
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        userID = try Self.name(container, .sub)
        let role = try container.decodeIfPresent(String.self, forKey: .role)
        let list = try container.decodeIfPresent([String].self, forKey: .roles) ?? []
        roles = ([role].compactMap { $0 } + list).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        expiresAt = try container.decodeIfPresent(Double.self, forKey: .exp).map(Self.time)
        notBefore = try container.decodeIfPresent(Double.self, forKey: .nbf).map(Self.time)
        guard roles.count <= Self.maximumRoles, ([userID].compactMap { $0 } + roles).allSatisfy(Self.isUsable) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: [],
                    debugDescription: "sub or a role is empty, too long, not in form NFC, or has control characters"))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(userID, forKey: .sub)
        try container.encode(roles, forKey: .roles)
        try container.encodeIfPresent(expiresAt.map { Double($0.microseconds) / 1e6 }, forKey: .exp)
        try container.encodeIfPresent(notBefore.map { Double($0.microseconds) / 1e6 }, forKey: .nbf)
    }

    /// Times are checked against the gateway's own clock.
    func verify(using algorithm: some JWTAlgorithm) throws {}

    /// A subject that is a number, as some issuers write it, counts as its digits.
    private static func name(_ container: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys) throws -> String? {
        guard container.contains(key), try !container.decodeNil(forKey: key) else { return nil }
        if let number = try? container.decode(Int64.self, forKey: key) { return String(number) }
        return try container.decode(String.self, forKey: key)
    }

    private static func isUsable(_ name: String) -> Bool {
        (1...maximumNameLength).contains(name.utf8.count) && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            && isNormal(name)
    }

    /// Whether it is in Unicode's form NFC: strings are equal where only their forms differ, and the channels of Redis
    /// that are named after them are not.
    private static func isNormal(_ name: String) -> Bool {
        name.utf8.allSatisfy { $0 < 0x80 } || name.utf8.elementsEqual(name.precomposedStringWithCanonicalMapping.utf8)
    }

    private static func time(_ seconds: Double) -> UnixTime {
        // Far beyond any token's life, and within what a time can hold.
        UnixTime(seconds: min(max(seconds, 0), 1e12))
    }
}
