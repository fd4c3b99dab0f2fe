import Glibc

/// Finds the stamp in a received message without decoding it.
///
/// A gateway that passes messages on unchanged puts the stamp at the same place each time; that place is tried first,
/// and only when the stamp has moved is the message searched.
package struct StampReader {
    private let mark: [UInt8]
    private var place = 0

    package init(run: RunID) {
        mark = Array(run.mark.utf8)
    }

    /// - Returns: nil for a message that is none of this run's.
    package mutating func read(_ message: UnsafeRawBufferPointer) -> MessageStamp? {
        guard let base = message.baseAddress, let start = find(base, message.count) else { return nil }
        var digits = DigitRun(bytes: message, position: start + mark.count)
        guard let room = digits.number(endedBy: colon), let sequence = digits.number(endedBy: colon),
            let time = digits.number(endedBy: quote), room <= UInt64(Int32.max), sequence < UInt64(UInt32.max)
        else { return nil }
        return MessageStamp(room: Int32(room), sequence: UInt32(sequence), time: time)
    }

    private mutating func find(_ base: UnsafeRawPointer, _ count: Int) -> Int? {
        if place + mark.count <= count, memcmp(base + place, mark, mark.count) == 0 { return place }
        var start = 0
        while start + mark.count <= count,
            let candidate = memchr(base + start, Int32(mark[0]), count - mark.count - start + 1)
        {
            start = UnsafeRawPointer(candidate) - base
            if memcmp(candidate, mark, mark.count) == 0 {
                place = start
                return start
            }
            start += 1
        }
        return nil
    }
}

private let colon = UInt8(ascii: ":")
private let quote = UInt8(ascii: "\"")

/// Decimal digits in bytes, read one number after the other.
struct DigitRun {
    let bytes: UnsafeRawBufferPointer
    var position: Int

    /// - Returns: nil when there is anything but 1 to 19 digits before the terminator.
    mutating func number(endedBy terminator: UInt8) -> UInt64? {
        var value: UInt64 = 0
        let start = position
        while position < bytes.count, position - start <= 19 {
            let byte = bytes[position]
            position += 1
            if byte == terminator { return position - start > 1 ? value : nil }
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        return nil
    }
}
