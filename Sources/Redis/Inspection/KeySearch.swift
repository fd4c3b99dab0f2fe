import NIOCore

/// Which keys are looked through, what each is asked, and how much that may cost.
package struct KeySearch: Sendable, Equatable {
    /// What one key is asked. All but `length` leave it as unused as it was.
    package enum Question: Sendable, Equatable {
        /// How many entries a stream has.
        case length
        /// Bytes, estimated from a few of its elements.
        case memory
        /// Redis's logarithmic counter of its uses.
        case frequency
        /// Seconds since it was used.
        case idleTime

        func command(_ key: ByteBuffer) -> RESPCommand {
            switch self {
            case .length: RESPCommand("XLEN", .bytes(key))
            case .memory: RESPCommand("MEMORY", "USAGE", .bytes(key), "SAMPLES", "5")
            case .frequency: RESPCommand("OBJECT", "FREQ", .bytes(key))
            case .idleTime: RESPCommand("OBJECT", "IDLETIME", .bytes(key))
            }
        }

        /// Of two keys the one with the lesser comes first.
        func rank(_ value: Int64) -> Int64 {
            switch self {
            case .length, .memory, .frequency: -value
            case .idleTime: value
            }
        }
    }

    package var question: Question
    /// Only streams whose keys begin so.
    package var streamPrefix: String?
    /// Keys that are wanted in the end.
    package var wanted: Int
    package var maximumKeys: Int
    package var maximumTime: Duration

    package init(
        _ question: Question, streamPrefix: String? = nil, wanted: Int, maximumKeys: Int, maximumTime: Duration
    ) {
        self.question = question
        self.streamPrefix = streamPrefix
        self.wanted = wanted
        self.maximumKeys = maximumKeys
        self.maximumTime = maximumTime
    }

    /// Keys that Redis looks at for one reply: some tenths of a millisecond of its time.
    static let step = 500

    func scan(from cursor: String) -> RESPCommand {
        let filter: [RESPArgument] = streamPrefix.map { ["MATCH", .text($0 + "*"), "TYPE", "stream"] } ?? []
        return RESPCommand(["SCAN", .text(cursor), "COUNT", .text("\(Self.step)")] + filter)
    }
}

/// What a search found.
package struct KeyFinding: Sendable, Equatable {
    package struct Key: Sendable, Equatable {
        package var name: ByteBuffer
        package var value: Int64
        /// Such as `stream`; empty where it was not asked or the key is gone.
        package var type = ""
        /// Of a stream: the id of its last entry.
        package var lastID = ""
    }

    /// The first in rank first.
    package var keys: [Key] = []
    /// Keys that answered.
    package var found = 0
    package var scanned = 0
    package var isComplete = false
    package var ranOutOfTime = false
    /// Keys in the database.
    package var databaseSize = 0
    package var took: Duration = .zero
}
