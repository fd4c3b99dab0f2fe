import Glibc

extension StreamMark {
    /// Finds the member `"stream":{…,"offset":"…","epoch":"…",…}` of an envelope without decoding it.
    /// - Returns: nil for an envelope without, as those of rooms that are not kept in a stream.
    init?(in message: UnsafeRawBufferPointer) {
        guard let start = message.end(of: #""stream":{"#, from: 0),
            let end = message.next(UInt8(ascii: "}"), from: start)
        else { return nil }
        let member = UnsafeRawBufferPointer(rebasing: message[start..<end])
        guard let offset = member.end(of: #""offset":""#, from: 0), let epoch = member.end(of: #""epoch":""#, from: 0),
            let epochEnd = member.next(UInt8(ascii: "\""), from: epoch)
        else { return nil }
        var digits = DigitRun(bytes: member, position: offset)
        guard let milliseconds = digits.number(endedBy: UInt8(ascii: "-")),
            let number = digits.number(endedBy: UInt8(ascii: "\""))
        else { return nil }
        self.init(
            milliseconds: milliseconds, number: number,
            epoch: UnsafeRawBufferPointer(rebasing: member[epoch..<epochEnd]))
    }
}

extension UnsafeRawBufferPointer {
    /// The place after the first occurrence of `text`; its last byte should be a rare one, which is what is looked for.
    func end(of text: StaticString, from start: Int) -> Int? {
        let length = text.utf8CodeUnitCount
        let last = text.utf8Start[length - 1]
        var end = start + length - 1
        while let base = baseAddress, let found = next(last, from: end) {
            if memcmp(base + (found + 1 - length), text.utf8Start, length) == 0 { return found + 1 }
            end = found + 1
        }
        return nil
    }

    func next(_ byte: UInt8, from start: Int) -> Int? {
        guard let base = baseAddress, start < count, let found = memchr(base + start, Int32(byte), count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - base
    }
}
