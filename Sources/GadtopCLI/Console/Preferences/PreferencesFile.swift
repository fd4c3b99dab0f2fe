import Console
import FleetModel
import FoundationEssentials
import Glibc

/// `$XDG_STATE_HOME/gadtop/console.json`: what the operator chose in the console, and their command lines.
struct PreferencesFile {
    let path: String
    private let directory: String

    /// A hundred command lines and every page's columns are a tenth of it; what is larger is something else.
    private static let largest = 256 * 1024

    init(_ environment: [String: String]) {
        directory = StateDirectory.path(environment) ?? "/root/.local/state/gadtop"
        path = directory + "/console.json"
    }

    /// - Returns: the standard where nothing was kept; with words where what was kept cannot be read.
    func read() -> (preferences: Preferences, complaint: SafeText?) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            return (Preferences(), errno == ENOENT || errno == ENOTDIR ? nil : complaint(Self.reason))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.largest else {
            return (Preferences(), complaint(PreferenceWords.notOurs))
        }
        do {
            let bytes = try FileBytes.read(descriptor, count: Int(status.st_size))
            return (try JSONDecoder().decode(Preferences.self, from: Data(bytes)), nil)
        } catch {
            return (Preferences(), complaint(PreferenceWords.damaged))
        }
    }

    /// Replaces the file whole: whoever reads it at any moment, or after a crash, finds the old or the new.
    /// - Returns: what went wrong.
    func write(_ preferences: Preferences) -> SafeText? {
        let data: Data
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            data = try encoder.encode(preferences)
        } catch {
            return PreferenceWords.notKept(SafeText(path), SafeText(String(describing: error)))
        }
        return replace(with: Array(data))
    }

    private func replace(with bytes: [UInt8]) -> SafeText? {
        // What fails shows when the file is opened.
        _ = StateDirectory.make(directory)
        let fresh = "\(path).\(getpid())"
        // One that a crash of the same process number left.
        unlink(fresh)
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return PreferenceWords.notKept(SafeText(path), Self.reason) }
        let isWritten = FileBytes.write(bytes, to: descriptor)
        guard close(descriptor) == 0, isWritten, rename(fresh, path) == 0 else {
            let reason = Self.reason
            unlink(fresh)
            return PreferenceWords.notKept(SafeText(path), reason)
        }
        return nil
    }

    private func complaint(_ reason: SafeText) -> SafeText { PreferenceWords.notRead(SafeText(path), reason) }

    private static var reason: SafeText { SafeText(String(cString: strerror(errno))) }
}
