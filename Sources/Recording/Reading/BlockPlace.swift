import FleetModel

/// Which block of which file comes next; holds also while files are added, renamed and taken away.
struct BlockPlace: Sendable {
    fileprivate var segment: UInt32
    fileprivate var index: Int
    /// The number of the block that was passed last, in the same file.
    private var last: UInt32?

    init(segment: UInt32, index: Int) {
        self.segment = segment
        self.index = index
    }

    /// Whether nothing is missing between the block that was passed last and this one.
    func follows(_ header: BlockHeader) -> Bool { last.map { $0 &+ 1 == header.sequence } ?? false }

    mutating func pass(_ header: BlockHeader) {
        last = header.sequence
        index += 1
    }

    fileprivate mutating func enter(_ segment: UInt32) {
        guard segment != self.segment else { return }
        self = BlockPlace(segment: segment, index: 0)
    }
}

extension RecordingReader {
    /// - Returns: nil at the end of what is written.
    func block(at place: inout BlockPlace) -> (ReadableSegment, SegmentIndex.Block)? {
        for segment in segments where segment.header.segment >= place.segment {
            // A later file is entered only when it has something: until then, this one may grow.
            let index = segment.header.segment == place.segment ? place.index : 0
            guard index < segment.index.blocks.count else { continue }
            place.enter(segment.header.segment)
            return (segment, segment.index.blocks[index])
        }
        return nil
    }

    /// The last block that stands alone and from which all that happened at `time` or later can be read.
    func groupStart(before time: UnixTime) -> BlockPlace {
        for segment in segments {
            guard let wanted = segment.index.blocks.firstIndex(where: { $0.header.last >= time }) else { continue }
            let group = segment.index.blocks[...wanted].lastIndex { $0.header.startsGroup }
            return BlockPlace(segment: segment.header.segment, index: group ?? 0)
        }
        let last = segments.last
        return BlockPlace(segment: last?.header.segment ?? 0, index: last?.index.blocks.count ?? 0)
    }
}
