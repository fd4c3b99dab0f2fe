import Foundation
import Testing

/// Screens kept as text beside the tests. `GADTOP_WRITE_SNAPSHOTS=1` writes them anew; otherwise they must match.
enum Golden {
    static func check(_ lines: [String], _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appending(component: name + ".txt")
        let text = lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["GADTOP_WRITE_SNAPSHOTS"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        guard text != expected else { return }
        Issue.record("\(name).txt differs:\n\(difference(expected, text))", sourceLocation: sourceLocation)
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(component: "Snapshots")

    /// The lines that differ, as the file has them and as the screen has them.
    private static func difference(_ expected: String, _ actual: String) -> String {
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
        return (0..<max(old.count, new.count)).compactMap { index in
            let (before, after) = (index < old.count ? old[index] : "", index < new.count ? new[index] : "")
            return before == after ? nil : "line \(index + 1)\n- \(before)\n+ \(after)"
        }.joined(separator: "\n")
    }
}
