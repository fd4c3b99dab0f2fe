import FleetModel

/// A part of a recording that could not be used, and why.
package struct Skip: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// The end of a file whose writer did not finish its last block.
        case torn
        /// Bytes that are no block.
        case noBlock
        /// A block whose checksum is wrong.
        case checksum
        /// A block whose contents make no sense, or more than a reader is ready to hold.
        case undecodable
        /// A block that builds on one that is missing.
        case incomplete
        /// A record of which the block around it is sound.
        case record
        /// A whole file that is no recording, is damaged at its start, or is of another version.
        case file(RecordingFailure)
        /// Files or blocks beyond what one recording may have.
        case beyondLimits
    }

    /// The file's name, without its folder.
    package var file: String
    package var offset: Int64
    package var size: ByteCount
    package var reason: Reason
}

/// What was skipped, bounded: a recording that is damaged everywhere says so once.
package struct Skips: Sendable, Equatable {
    /// The first ones.
    package private(set) var noted: [Skip] = []
    package private(set) var count = 0

    package var isEmpty: Bool { count == 0 }

    mutating func note(_ skip: Skip) {
        if noted.count < RecordingLimits.maximumSkips { noted.append(skip) }
        count += 1
    }
}

extension Skip: CustomStringConvertible {
    package var description: String { "\(SafeText(file)) at byte \(offset), \(size.bytes) bytes: \(reason)" }
}

extension Skip.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .torn: "the last block was not finished"
        case .noBlock: "damaged; no block begins here"
        case .checksum: "damaged; the checksum differs"
        case .undecodable: "the contents make no sense"
        case .incomplete: "builds on a block that is missing"
        case .record: "a record makes no sense"
        case .file(let failure): failure.description
        case .beyondLimits: "more than a recording may have"
        }
    }
}
