import FleetModel
import Glibc

/// Why a recording cannot be written or read.
package enum RecordingFailure: Error, Equatable, CustomStringConvertible {
    case system(String, path: String, code: Int32)
    case notAFile(path: String)
    case notARecording(path: String)
    case damagedHeader(path: String)
    case newerFormat(path: String, major: UInt8)
    /// Samples are in a form that another gadtop has.
    case otherSamples(path: String, version: UInt8)
    case inUse(path: String)

    package var description: String {
        switch self {
        case .system(let act, let path, let code): "cannot \(act) \(SafeText(path)): \(String(cString: strerror(code)))"
        case .notAFile(let path): "\(SafeText(path)) is not a regular file; a recording is one. Give another name."
        case .notARecording(let path):
            "\(SafeText(path)) holds something that is no recording, and is left as it is. Give another name."
        case .damagedHeader(let path): "the first bytes of \(SafeText(path)) are damaged; it cannot be read."
        case .newerFormat(let path, let major):
            "\(SafeText(path)) has format \(major); this gadtop reads up to \(FileHeader.major). Use a newer gadtop."
        case .otherSamples(let path, let version):
            "\(SafeText(path)) was written by a gadtop whose samples have version \(version). Replay it with that one."
        case .inUse(let path): "another gadtop is recording to \(SafeText(path)). Give another name, or end that one."
        }
    }
}
