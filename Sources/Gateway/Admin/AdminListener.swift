import FleetModel

/// Where a worker's admin API listens on TCP, and the files that say who may talk to whom there. There is no such
/// listener without client certificates.
package struct AdminListener: Sendable, Equatable, Codable {
    package var host: String
    package var port: Int
    /// What the registry tells others of the host; the listener's own, but for one that listens on every address.
    package var advertisedHost: String
    /// With the URI `gad://worker/<id>` among its alternative names.
    package var files: TLSFiles
    /// PEM file with the authorities that sign the certificates of people.
    package var clientAuthority: String

    package init(host: String, port: Int, advertisedHost: String, files: TLSFiles, clientAuthority: String) {
        self.host = host
        self.port = port
        self.advertisedHost = advertisedHost
        self.files = files
        self.clientAuthority = clientAuthority
    }

    /// As the registry has it.
    var url: String { "https://\(advertisedHost.contains(":") ? "[\(advertisedHost)]" : advertisedHost):\(port)" }

    /// What stands for the worker's name in the paths of `files`.
    package static let placeholder = "{worker}"

    /// The listener of one of the workers that share these settings.
    func worker(_ worker: WorkerID, index: Int) -> AdminListener {
        var own = self
        own.port += index
        own.files.certificate = files.certificate.replacing(Self.placeholder, with: worker.rawValue)
        own.files.key = files.key.replacing(Self.placeholder, with: worker.rawValue)
        return own
    }

    /// Proves that the listener of each worker can be opened with its files; blocks.
    /// - Throws: `CertificateFault`.
    package func check(workers: Int, node: String) throws(CertificateFault) {
        for index in 0..<workers {
            let worker = WorkerID(node: node, index: index)
            _ = try AdminTLS.context(self.worker(worker, index: index), of: worker)
        }
    }
}
