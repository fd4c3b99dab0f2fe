/// How far a client has read a room that is kept in a stream: what it sends in order to resume.
package struct StreamPosition: Sendable, Equatable {
    /// A Redis stream entry id, `<milliseconds>-<number>`.
    package var milliseconds: UInt64
    package var number: UInt64
    /// Of the stream that the offset is of.
    package var epoch: String

    package init(milliseconds: UInt64, number: UInt64, epoch: String) {
        self.milliseconds = milliseconds
        self.number = number
        self.epoch = epoch
    }

    /// - Returns: nil for an offset that is no entry id.
    package init?(offset: String, epoch: String) {
        var bytes = Array(offset.utf8)
        bytes.append(UInt8(ascii: "\""))
        let parts = bytes.withUnsafeBytes { bytes -> (UInt64, UInt64)? in
            var digits = DigitRun(bytes: bytes, position: 0)
            guard let milliseconds = digits.number(endedBy: UInt8(ascii: "-")),
                let number = digits.number(endedBy: UInt8(ascii: "\""))
            else { return nil }
            return (milliseconds, number)
        }
        guard let parts else { return nil }
        self.init(milliseconds: parts.0, number: parts.1, epoch: epoch)
    }

    package var offset: String { "\(milliseconds)-\(number)" }

    /// Takes over the place of a message, without an allocation while the epoch stays.
    mutating func move(to mark: StreamMark) {
        (milliseconds, number) = (mark.milliseconds, mark.number)
        if !epoch.utf8.elementsEqual(mark.epoch) { epoch = mark.epochText }
    }
}

/// Where a received message says that it lies in its room's stream; valid as long as the message's bytes are.
struct StreamMark {
    let milliseconds: UInt64
    let number: UInt64
    let epoch: UnsafeRawBufferPointer

    var epochText: String { String(decoding: epoch, as: UTF8.self) }
    var position: StreamPosition {
        StreamPosition(milliseconds: milliseconds, number: number, epoch: epochText)
    }
}
