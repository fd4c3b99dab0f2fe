import AdminAPI
import FleetModel
import FoundationEssentials
import Yams

/// `$XDG_CONFIG_HOME/gadtop/contexts/NAME.yaml`: where a fleet is, under a name of the operator's own.
///
/// It holds `run_dir: DIR`, `redis: URL`, or `workers` with an `https://host:port` for each name. The last two take
/// `ca`, `cert` and `key` for workers on other machines: PEM files, relative to the directory of the context.
struct ContextFile: Decodable {
    var runDirectory: String?
    var redis: String?
    var workers: [String: String]?
    var ca: String?
    var cert: String?
    var key: String?

    private enum CodingKeys: String, CodingKey {
        case runDirectory = "run_dir"
        case redis, workers, ca, cert, key
    }

    private static let shape = "it holds one of 'run_dir: DIR', 'redis: URL' and 'workers: {NAME: https://HOST:PORT}'"

    /// - Throws: `CommandFailure` that names the file and what it should hold.
    static func source(named name: String, environment: [String: String]) throws -> FleetSource {
        let directory = ContextDirectory(environment)
        let path = try directory.path(of: name)
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(
                .failed,
                "no context \(SafeText(name)): \(SafeText(path)) cannot be read; write it with run_dir, redis or "
                    + "workers, or see: gadtop context list")
        }
        return try source(in: String(decoding: bytes, as: UTF8.self), path: path)
    }

    static func source(in yaml: String, path: String) throws -> FleetSource {
        do {
            return try YAMLDecoder().decode(ContextFile.self, from: yaml).source(at: path)
        } catch let failure as CommandFailure {
            throw CommandFailure(failure.status, "\(SafeText(path)): \(failure.message)")
        } catch {
            throw CommandFailure(
                .failed, "\(SafeText(path)) is no context (\(SafeText(String(describing: error)))): \(shape)")
        }
    }

    private func source(at path: String) throws -> FleetSource {
        let credentials = try credentials(at: path)
        switch (runDirectory, redis, workers) {
        case (let directory?, nil, nil):
            guard credentials == nil else {
                throw CommandFailure(.failed, "ca, cert and key are of use with redis or workers only")
            }
            return .directory(directory)
        case (nil, let url?, nil): return try FleetSource(registry: url, credentials)
        case (nil, nil, let workers?): return .workers(try Self.endpoints(workers, credentials))
        case (nil, nil, nil), (_?, _?, _), (_?, _, _?), (_, _?, _?):
            throw CommandFailure(.failed, "it does not say where the fleet is: \(Self.shape)")
        }
    }

    private func credentials(at path: String) throws -> AdminCredentials? {
        let base = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        switch (ca, cert, key) {
        case (nil, nil, nil): return nil
        case (let ca?, let cert?, let key?):
            let files = [ca, cert, key].map { $0.hasPrefix("/") ? $0 : base + $0 }
            return AdminCredentials(authority: files[0], certificate: files[1], key: files[2])
        case (_, _, _):
            throw CommandFailure(.failed, "ca, cert and key belong together: give all three, or none")
        }
    }

    private static func endpoints(
        _ workers: [String: String], _ credentials: AdminCredentials?
    ) throws -> [AdminEndpoint] {
        guard let credentials else {
            throw CommandFailure(.failed, "workers on other machines want a certificate: give ca, cert and key")
        }
        return try workers.sorted { $0.key < $1.key }.map { name, url in
            guard url.hasPrefix("https://"), url.split(separator: "/").count == 2 else {
                throw CommandFailure(
                    .failed,
                    "\(SafeText(name)): \"\(SafeText(url))\" is not https://HOST:PORT, and nothing else is spoken")
            }
            let address = url.hasSuffix("/") ? String(url.dropLast()) : url
            return AdminEndpoint(worker: WorkerID(name), address: .tls(url: address, credentials))
        }
    }
}
