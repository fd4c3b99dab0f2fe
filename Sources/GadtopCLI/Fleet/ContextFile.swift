import FleetModel
import FoundationEssentials
import Yams

/// `$XDG_CONFIG_HOME/gadtop/contexts/NAME.yaml`: where a fleet is, under a name of the operator's own.
///
/// It holds `run_dir: DIR` or `redis: URL`.
struct ContextFile: Decodable {
    var runDirectory: String?
    var redis: String?

    private enum CodingKeys: String, CodingKey {
        case runDirectory = "run_dir"
        case redis
    }

    /// - Throws: `CommandFailure` that names the file and what it should hold.
    static func source(named name: String, environment: [String: String]) throws -> FleetSource {
        guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
            throw CommandFailure(.wrongUsage, "'\(SafeText(name))' is no name of a context: give it without a path")
        }
        let path = directory(environment) + "/\(name).yaml"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(
                .failed,
                "no context \(SafeText(name)): \(SafeText(path)) cannot be read; write it with run_dir or redis")
        }
        return try source(in: String(decoding: bytes, as: UTF8.self), path: path)
    }

    static func source(in yaml: String, path: String) throws -> FleetSource {
        let shape = "it holds either 'run_dir: DIR' or 'redis: URL'"
        do {
            let file = try YAMLDecoder().decode(ContextFile.self, from: yaml)
            switch (file.runDirectory, file.redis) {
            case (let directory?, nil): return .directory(directory)
            case (nil, let url?): return try FleetSource(registry: url)
            case (nil, nil), (_?, _?): break
            }
        } catch let failure as CommandFailure {
            throw CommandFailure(failure.status, "\(SafeText(path)): \(failure.message)")
        } catch {
            throw CommandFailure(
                .failed, "\(SafeText(path)) is no context (\(SafeText(String(describing: error)))): \(shape)")
        }
        throw CommandFailure(.failed, "\(SafeText(path)) does not say where the fleet is: \(shape)")
    }

    private static func directory(_ environment: [String: String]) -> String {
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (base ?? (environment["HOME"] ?? "/root") + "/.config") + "/gadtop/contexts"
    }
}
