import COpenSSL
import FleetModel

/// A certificate in a PEM file.
package enum CertificateFile {
    /// When its first certificate ends; nil where it holds none that can be read. Blocks.
    package static func end(_ path: String) -> UnixTime? {
        let seconds = gad_certificate_file_end(path)
        return seconds == 0 ? nil : UnixTime(microseconds: seconds * 1_000_000)
    }
}
