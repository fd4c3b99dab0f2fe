/// The files of a recording as a whole.
package enum RecordingFiles {
    /// Takes a recording away; one that is not there is away.
    package static func delete(_ path: String) throws(RecordingFailure) {
        let folder = SegmentFolder(path: path)
        for (_, earlier) in try folder.earlier() { try folder.delete(earlier) }
        try folder.delete(path)
    }
}
