import FleetModel

/// Where the blocks of one file are, found by going from header to header.
struct SegmentIndex: Sendable {
    struct Block: Sendable {
        let header: BlockHeader
        /// Of the body.
        let offset: Int64
    }

    private(set) var blocks: [Block] = []
    /// Where the next block begins, or will.
    private(set) var end: Int64
    private(set) var skips = Skips()
    /// Bytes after `end` that are no whole block; a block that is being written just now looks the same.
    private(set) var torn = ByteCount.zero
    private let salt: UInt64

    private static let chunk = 1 << 16

    init(salt: UInt64, firstBlock: Int64) {
        self.salt = salt
        end = firstBlock
    }

    /// Finds what was added since the last call.
    mutating func scan(_ file: OpenFile) throws(RecordingFailure) {
        let size = try file.size()
        while end < size {
            guard blocks.count < RecordingLimits.maximumBlocks else { return noteLimit(file, size) }
            if let block = try block(in: file, at: end, size) {
                take(block)
            } else if let next = try nextBlock(in: file, after: end, size) {
                skips.note(
                    Skip(file: file.name, offset: end, size: ByteCount(next.start - end), reason: .noBlock))
                take(next)
            } else {
                break
            }
        }
        torn = ByteCount(max(0, size - end))
    }

    /// Forgets the last block, which is not what its header says.
    mutating func dropLast() {
        guard let last = blocks.popLast() else { return }
        torn += ByteCount(end - last.start)
        end = last.start
    }

    private mutating func take(_ block: Block) {
        blocks.append(block)
        end = block.end
    }

    private mutating func noteLimit(_ file: OpenFile, _ size: Int64) {
        skips.note(Skip(file: file.name, offset: end, size: ByteCount(size - end), reason: .beyondLimits))
        end = size
        torn = .zero
    }

    /// - Returns: nil where no block begins that is whole.
    private func block(in file: OpenFile, at offset: Int64, _ size: Int64) throws(RecordingFailure) -> Block? {
        let bytes = try file.read(at: offset, BlockHeader.size)
        return block(bytes[...], at: offset, size)
    }

    private func block(_ bytes: ArraySlice<UInt8>, at offset: Int64, _ size: Int64) -> Block? {
        guard let header = BlockHeader(bytes, salt: salt) else { return nil }
        let block = Block(header: header, offset: offset + Int64(BlockHeader.size))
        return block.end <= size ? block : nil
    }

    /// The first whole block after damage, looked for byte by byte.
    private func nextBlock(in file: OpenFile, after start: Int64, _ size: Int64) throws(RecordingFailure) -> Block? {
        var offset = start + 1
        while offset + Int64(BlockHeader.size) <= size {
            let bytes = try file.read(at: offset, Self.chunk)
            guard bytes.count >= BlockHeader.size else { return nil }
            let candidates = 0...(bytes.count - BlockHeader.size)
            for index in candidates where bytes[index] == UInt8(truncatingIfNeeded: BlockHeader.magic) {
                if let block = block(bytes[index...], at: offset + Int64(index), size) { return block }
            }
            offset += Int64(candidates.count)
        }
        return nil
    }
}

extension SegmentIndex.Block {
    var start: Int64 { offset - Int64(BlockHeader.size) }
    var end: Int64 { offset + Int64(header.bodySize) }

    /// - Returns: nil where the checksum is not that of the header.
    func body(in file: OpenFile) throws(RecordingFailure) -> [UInt8]? {
        let body = try file.read(at: offset, header.bodySize)
        return body.count == header.bodySize && CRC32.checksum(of: body) == header.bodyChecksum ? body : nil
    }
}

extension OpenFile {
    /// Without the folder.
    var name: String { path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path }
}
