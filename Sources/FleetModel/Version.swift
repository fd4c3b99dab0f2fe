/// The version that all programs of this package report.
package enum Version {
    package static let current = "0.1.0"
}
