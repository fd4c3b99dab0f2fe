import AdminAPI
import CCurl
import COpenSSL
import FleetModel
import Glibc

/// Checks in OpenSSL's verification that a worker's certificate is the worker's own, and says what was wrong with it.
///
/// OpenSSL and libcurl write into its memory, which lives as long as the transfer that owns it.
final class PeerCheck {
    private let worker: WorkerID
    private let check: UnsafeMutablePointer<gad_peer_check>
    private let uri: UnsafeMutablePointer<CChar>
    private let words: UnsafeMutablePointer<CChar>

    init?(_ worker: WorkerID) {
        guard let uri = strdup(worker.certificateName) else { return nil }
        self.worker = worker
        self.uri = uri
        check = .allocate(capacity: 1)
        check.initialize(to: gad_peer_check())
        check.pointee.uri = UnsafePointer(uri)
        words = .allocate(capacity: gad_curl_error_size)
        words.initialize(repeating: 0, count: gad_curl_error_size)
    }

    deinit {
        check.deallocate()
        words.deallocate()
        free(uri)
    }

    /// Makes the transfer prove who we are and check whom it talks to.
    /// - Throws: where libcurl's TLS is not OpenSSL's: nothing is sent then.
    func secure(_ easy: CurlEasy, with credentials: AdminCredentials) throws {
        try easy.set(CURLOPT_SSLVERSION, gad_curl_tls_1_2)
        try easy.set(CURLOPT_CAINFO, credentials.authority)
        // Otherwise the authorities of the system would do too.
        try easy.clear(CURLOPT_CAPATH)
        try easy.set(CURLOPT_SSLCERT, credentials.certificate)
        try easy.set(CURLOPT_SSLKEY, credentials.key)
        try easy.set(CURLOPT_SSL_VERIFYPEER, 1)
        // Workers are known by the URI in their certificates, not by the machine that they happen to be on.
        try easy.set(CURLOPT_SSL_VERIFYHOST, 0)
        try easy.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(words))
        try easy.set(CURLOPT_SSL_CTX_DATA, UnsafeMutableRawPointer(check))
        try easy.set(sslContext: Self.checkPeer)
    }

    private static let checkPeer: curl_ssl_ctx_callback = { _, context, argument in
        guard let context, let argument else { return CURLE_SSL_CONNECT_ERROR }
        gad_check_peer(context, argument.assumingMemoryBound(to: gad_peer_check.self))
        return CURLE_OK
    }

    /// nil until a good one was seen.
    var certificateEnds: UnixTime? {
        check.pointee.ends == 0 ? nil : UnixTime(microseconds: check.pointee.ends * 1_000_000)
    }

    /// - Returns: nil where certificates have nothing to do with the failure.
    func failure(_ code: CURLcode) -> TransferFailure? {
        let text = SafeText(String(cString: words)).text
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_RECV_ERROR, CURLE_SEND_ERROR,
            CURLE_GOT_NOTHING:
            if let words = peerWords ?? ownWords(text) { return .untrusted(words) }
            return code == CURLE_SSL_CONNECT_ERROR ? .untrusted("no TLS with whoever answers there: \(text)") : nil
        case CURLE_SSL_CERTPROBLEM: return .untrusted("our certificate or its key cannot be used: \(text)")
        case CURLE_SSL_CACERT_BADFILE: return .untrusted("the authorities' file cannot be used: \(text)")
        default: return nil
        }
    }

    /// What is wrong with the certificate that was shown to us.
    private var peerWords: String? {
        if check.pointee.is_other != 0 {
            let found = withUnsafeBytes(of: check.pointee.found) { bytes in
                SafeText(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)).text
            }
            return "whoever answers there is not \(SafeText(worker)) but "
                + (found.isEmpty ? "has a certificate without a name" : found) + ": nothing was told to it"
        }
        guard check.pointee.error != Int(X509_V_OK) else { return nil }
        let why = gad_verify_words(check.pointee.error).map { String(cString: $0) } ?? "unknown"
        return "the certificate of whoever answers as \(SafeText(worker)) is refused (\(why)): is it signed by our ca?"
    }

    /// What the worker says of our certificate, by the alert that it ends the connection with (RFC 8446, 6.2).
    private func ownWords(_ text: String) -> String? {
        guard text.contains("alert") else { return nil }
        if text.contains("expired") { return "the worker refuses our certificate: it has expired; have it renewed" }
        if text.contains("certificate required") || text.contains("handshake failure") {
            return "the worker wants a certificate of ours: name one with cert and key in the context"
        }
        return "the worker refuses our certificate (\(text)): is it signed by the authority of its --client-ca?"
    }
}
