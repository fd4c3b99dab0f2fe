import FoundationEssentials
import Testing

/// Compares text with the file of that name in `Snapshots`; with `GADTOP_WRITE_SNAPSHOTS=1` the file is written anew.
func expectSnapshot(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation, file: String = #filePath
) throws {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let path = folder + "/Snapshots/" + name
    if ProcessInfo.processInfo.environment["GADTOP_WRITE_SNAPSHOTS"] != nil {
        try Data((text + "\n").utf8).write(to: URL(filePath: path))
    }
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    #expect(text + "\n" == String(decoding: bytes, as: UTF8.self), sourceLocation: sourceLocation)
}
