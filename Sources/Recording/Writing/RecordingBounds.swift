import FleetModel

/// Takes away the oldest files of a recording that is larger or older than it may be.
struct RecordingBounds {
    let folder: SegmentFolder
    let policy: RecordingPolicy

    func apply(at now: UnixTime) throws(RecordingFailure) {
        var kept = try segments()
        // The file that grows may become as large as a segment.
        let allowed = policy.size.bytes - policy.segmentSize.bytes
        while let oldest = kept.first,
            kept.reduce(0, { $0 + $1.size }) > allowed || kept.count >= RecordingLimits.maximumSegments
                || isTooOld(before: kept.dropFirst().first?.created, at: now)
        {
            try folder.delete(oldest.path)
            kept.removeFirst()
        }
    }

    /// A segment ended when the next began.
    private func isTooOld(before next: UnixTime?, at now: UnixTime) -> Bool {
        guard let next else { return false }
        return next.duration(to: now) > policy.age
    }

    /// The earlier files that are recordings; whatever else has such a name is left alone.
    private func segments() throws(RecordingFailure) -> [(path: String, size: Int64, created: UnixTime)] {
        var found: [(path: String, size: Int64, created: UnixTime)] = []
        for (_, path) in try folder.earlier() {
            do {
                let file = try OpenFile(path, for: .read)
                let start = try file.read(at: 0, RecordingLimits.maximumHeaderBytes)
                let (header, _) = try FileHeader.read(start, path: path)
                found.append((path, try file.size(), header.created))
            } catch {
                // Not ours to delete; reading the recording says what it is.
                continue
            }
        }
        return found
    }
}
