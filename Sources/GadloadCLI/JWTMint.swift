import Foundation
import JWTKit
import LoadGenerator

/// Signs clients' tokens with HS256, as GRUPO_GAD's gateway takes them.
struct JWTMint: TokenMint {
    /// Longer than any run, since clients reconnect with the token they began with.
    static let lifetime: TimeInterval = 7 * 24 * 3600

    func tokens(for clients: Range<Int>, source: TokenSource) async throws -> [String]? {
        switch source {
        case .none: return nil
        case .fixed(let token): return clients.map { _ in token }
        case .minted(let file, let role):
            let keys = await JWTKeyCollection().add(hmac: HMACKey(from: try secret(in: file)), digestAlgorithm: .sha256)
            let expiry = Date().addingTimeInterval(Self.lifetime)
            var tokens: [String] = []
            for client in clients {
                tokens.append(try await keys.sign(Claims(subject: "user-\(client)", role: role, expiry: expiry)))
            }
            return tokens
        }
    }

    /// The secret is the file's content without the newline that editors end it with.
    private func secret(in file: String) throws -> Data {
        do {
            var bytes = try Data(contentsOf: URL(filePath: file))
            while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
            guard !bytes.isEmpty else { throw LoadRefusal.unreadableSecret(file: file, reason: "it is empty") }
            return bytes
        } catch let error as CocoaError {
            throw LoadRefusal.unreadableSecret(file: file, reason: error.localizedDescription)
        }
    }

    private struct Claims: JWTPayload {
        let sub: SubjectClaim
        let role: String
        let exp: ExpirationClaim
        let iat: IssuedAtClaim

        init(subject: String, role: String, expiry: Date) {
            sub = SubjectClaim(value: subject)
            self.role = role
            exp = ExpirationClaim(value: expiry)
            iat = IssuedAtClaim(value: Date())
        }

        func verify(using algorithm: some JWTAlgorithm) throws {
            try exp.verifyNotExpired()
        }
    }
}
