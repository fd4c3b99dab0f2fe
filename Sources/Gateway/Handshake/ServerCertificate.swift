import FleetModel
import Foundation
import NIOCore
import NIOSSL

/// A certificate with its chain and its key, as read from files and proven to belong together.
struct ServerCertificate {
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey

    /// Reads both files; blocks.
    init(_ files: TLSFiles, now: UnixTime) throws(CertificateFault) {
        chain = try Self.chain(files.certificate)
        key = try Self.key(files.key)
        try Self.check(chain[0], files.certificate, now)
    }

    /// What handshakes are made with.
    /// - Throws: `CertificateFault` where the key is of another certificate.
    func context(_ files: TLSFiles) throws(CertificateFault) -> NIOSSLContext {
        try Self.context(configuration, files)
    }

    /// What handshakes are made with that ask the client for a certificate too.
    /// - Parameter authority: PEM file with the authorities that sign those; nobody else's do.
    func context(_ files: TLSFiles, askingFor authority: String) throws(CertificateFault) -> NIOSSLContext {
        var configuration = configuration
        configuration.trustRoots = .certificates(try Self.chain(authority))
        // The name of a client is no host's: who it is, the URI in the certificate says.
        configuration.certificateVerification = .noHostnameVerification
        return try Self.context(configuration, files)
    }

    private var configuration: TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = Self.goodbyeTimeout
        return configuration
    }

    private static func context(
        _ configuration: TLSConfiguration, _ files: TLSFiles
    ) throws(CertificateFault) -> NIOSSLContext {
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch NIOSSLError.failedToLoadPrivateKey {
            throw CertificateFault(files.key, .otherKey(certificate: files.certificate))
        } catch {
            throw CertificateFault(files.certificate, .unusable("\(error)"))
        }
    }

    /// How long the peer may take to say goodbye in TLS; the close handshake of the WebSocket is over by then.
    private static let goodbyeTimeout = TimeAmount.seconds(1)

    private static func chain(_ file: String) throws(CertificateFault) -> [NIOSSLCertificate] {
        let bytes = try read(file)
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
            // Why BoringSSL cannot read it says nothing that an operator can act on.
            throw CertificateFault(file, .noCertificate)
        }
        return chain
    }

    private static func key(_ file: String) throws(CertificateFault) -> NIOSSLPrivateKey {
        let bytes = try read(file)
        // As above; and nothing of what is in a key's file belongs into a message.
        guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else { throw CertificateFault(file, .noKey) }
        return key
    }

    private static func read(_ file: String) throws(CertificateFault) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: file)))
        } catch let error as CocoaError {
            throw CertificateFault(file, .unreadable(error.cause))
        } catch {
            throw CertificateFault(file, .unreadable("\(error)"))
        }
    }

    private static func check(
        _ certificate: NIOSSLCertificate, _ file: String, _ now: UnixTime
    ) throws(CertificateFault) {
        let begin = UnixTime(seconds: Double(certificate.notValidBefore))
        let end = UnixTime(seconds: Double(certificate.notValidAfter))
        if end <= now { throw CertificateFault(file, .expired(end)) }
        if begin > now { throw CertificateFault(file, .notYetValid(begin)) }
    }
}

extension TLSFiles {
    /// Reads both files and proves that they can be served with; blocks.
    package func check() throws(CertificateFault) {
        _ = try ServerCertificate(self, now: WallClock.now()).context(self)
    }
}

/// Why a certificate and its key cannot be served with.
package struct CertificateFault: Error, Sendable, Equatable, CustomStringConvertible {
    enum Problem: Sendable, Equatable {
        case unreadable(String)
        case noCertificate
        case noKey
        /// The key is not the one of this certificate.
        case otherKey(certificate: String)
        case expired(UnixTime)
        case notYetValid(UnixTime)
        /// It is not a certificate of this worker.
        case otherName(wanted: String)
        case unusable(String)
    }

    let file: String
    let problem: Problem

    init(_ file: String, _ problem: Problem) {
        self.file = file
        self.problem = problem
    }

    package var description: String {
        switch problem {
        case .unreadable(let cause): "cannot read \(file): \(cause)"
        case .noCertificate: "\(file) holds no certificate in PEM form; give the certificate with its chain"
        case .noKey: "\(file) holds no private key in PEM form without a passphrase"
        case .otherKey(let certificate):
            "the key in \(file) does not belong to the certificate in \(certificate); "
                + "give the pair that was made together"
        case .expired(let end): "the certificate in \(file) expired at \(end); renew it"
        case .notYetValid(let begin): "the certificate in \(file) is not valid before \(begin); look at the clock"
        case .otherName(let wanted):
            "the certificate in \(file) does not have the URI \(wanted) among its alternative names, by which clients "
                + "know the worker; make one with it, as Deploy/test-ca.sh does"
        case .unusable(let cause): "the certificate in \(file) cannot be used: \(cause)"
        }
    }
}

extension CocoaError {
    fileprivate var cause: String {
        switch code {
        case .fileReadNoSuchFile, .fileNoSuchFile: "there is no such file"
        case .fileReadNoPermission: "this user may not read it"
        default: "\(underlying.map { "\($0)" } ?? "\(code)")"
        }
    }
}
