/// What a published message carries to be accounted for: `gl<run>:<room>:<sequence>:<nanoseconds>`.
///
/// It is the message's `message_id`, so that it is unique, short, and comes back unchanged from any gateway, whatever
/// that does with the order of keys.
package struct MessageStamp: Equatable, Sendable {
    package let room: Int32
    /// Counts from 0 in each room.
    package let sequence: UInt32
    /// When it was handed over for publishing, by `SteadyClock`.
    package let time: UInt64

    package init(room: Int32, sequence: UInt32, time: UInt64) {
        self.room = room
        self.sequence = sequence
        self.time = time
    }

    package func text(run: RunID) -> String { "\(run.mark)\(room):\(sequence):\(time)" }
}

/// Tells the messages of one run of gadload from those of any other in the same rooms.
package struct RunID: Sendable, Equatable, Codable {
    /// What every stamp of the run starts with: `gl`, eight hexadecimal digits, a colon.
    package let mark: String

    package init(random: UInt32 = .random(in: .min ... .max)) {
        let digits = String(random, radix: 16)
        mark = "gl" + String(repeating: "0", count: 8 - digits.count) + digits + ":"
    }

    package init(from decoder: any Decoder) throws {
        mark = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(mark)
    }
}
