import CCurl
import COpenSSL

/// libcurl as it is loaded: initialised once, and checked to be the build this project relies on.
package enum CurlLibrary {
    /// Prepares libcurl for this process, once; every later call costs a comparison.
    static func prepare() {
        _ = prepared
    }

    /// curl_global_init may not run twice at once, which a global's initialiser guarantees.
    private static let prepared: Bool = curl_global_init(gad_curl_global_all) == CURLE_OK

    /// Such as `7.88.1`.
    package static var version: String {
        text(curl_version_info(gad_curl_version_now)?.pointee.version)
    }

    /// Such as `OpenSSL/3.0.15`; other builds of libcurl name GnuTLS or NSS here.
    package static var tlsBackend: String {
        text(curl_version_info(gad_curl_version_now)?.pointee.ssl_version)
    }

    /// Such as `OpenSSL 3.0.15 3 Sep 2024`.
    package static var openSSLVersion: String {
        text(gad_openssl_version())
    }

    /// What is wrong with libcurl's TLS, in words; nil when it is OpenSSL, whose verify callback checks workers' names.
    package static var tlsMismatch: String? {
        tlsMismatch(backend: tlsBackend)
    }

    static func tlsMismatch(backend: String) -> String? {
        // Debian lists further backends in brackets: "(GnuTLS/3.7) OpenSSL/3.0" uses the one without.
        let active = backend.split(separator: " ").filter { !$0.hasPrefix("(") }
        if active.contains(where: { $0.hasPrefix("OpenSSL/") }) { return nil }
        return "libcurl was built with \(backend.isEmpty ? "no TLS" : backend), and worker certificates are checked "
            + "through OpenSSL: unix sockets work, remote workers will not; install libcurl4 (not libcurl3-gnutls)"
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}
