/// A row of words as its difference from an earlier one: runs of equal words, and by how much the others changed.
///
/// Rows need not be equally long; what the earlier one lacks counts as zero.
enum WordDelta {
    static func write(_ words: [UInt64], since base: [UInt64], to writer: inout ByteWriter) {
        writer.number(UInt64(words.count))
        var equal: UInt64 = 0
        for (index, word) in words.enumerated() {
            let old = index < base.count ? base[index] : 0
            guard word != old else {
                equal += 1
                continue
            }
            endRun(&equal, &writer)
            writer.number(Int64(bitPattern: word &- old).zigzag, tag: false)
        }
        endRun(&equal, &writer)
    }

    private static func endRun(_ equal: inout UInt64, _ writer: inout ByteWriter) {
        if equal > 0 { writer.number(equal - 1, tag: true) }
        equal = 0
    }

    static func read(since base: [UInt64], from reader: inout ByteReader) throws(ByteReader.Malformed) -> [UInt64] {
        let count = try reader.count(atMost: RecordingLimits.maximumSampleWords)
        var words: [UInt64] = []
        words.reserveCapacity(count)
        while words.count < count {
            let (value, isRun) = try reader.taggedNumber()
            if isRun {
                guard value < UInt64(count - words.count) else { throw ByteReader.Malformed() }
                for index in words.count...words.count + Int(value) {
                    words.append(index < base.count ? base[index] : 0)
                }
            } else {
                let old = words.count < base.count ? base[words.count] : 0
                words.append(old &+ UInt64(bitPattern: Int64(zigzag: value)))
            }
        }
        return words
    }
}
