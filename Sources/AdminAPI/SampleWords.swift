import FleetModel

/// A sample as 64-bit words in the order of the compact form, a text being its place in a table beside them.
///
/// Two samples of one worker are then two rows of numbers of which few differ, which is what a recording lives on.
package enum SampleWords {
    /// - Parameter texts: learns the texts that it does not hold yet.
    package static func words(of sample: WorkerSample, texts: inout TextIndex) -> [UInt64] {
        var writer = WordWriter(texts: TextIndex())
        swap(&writer.texts, &texts)
        var copy = sample
        // Writing reads fields only, and cannot fail.
        try? copy.transcode(&writer)
        swap(&writer.texts, &texts)
        return writer.words
    }

    /// - Throws: `SampleCodec.Failure` for words that are no sample, or one that no worker can have.
    package static func sample(from words: [UInt64], texts: [String]) throws -> WorkerSample {
        var reader = WordReader(words: words, texts: texts)
        let epoch = UnixTime(microseconds: 0)
        var sample = WorkerSample(
            worker: WorkerID(""), node: "", version: "", pid: 0, time: epoch, startedAt: epoch)
        try sample.transcode(&reader)
        try sample.checkRanges()
        return sample
    }
}

/// Numbers texts in the order in which they are first met.
package struct TextIndex: Sendable {
    private var places: [String: UInt64] = [:]
    /// What was met since `takeNew`, in order.
    private var new: [String] = []
    /// UTF-8 bytes of all texts.
    package private(set) var byteCount = 0

    package init() {}

    package var count: Int { places.count }

    package mutating func place(of text: String) -> UInt64 {
        if let known = places[text] { return known }
        let place = UInt64(places.count)
        places[text] = place
        new.append(text)
        byteCount += text.utf8.count
        return place
    }

    /// The texts that were met since the last call.
    package mutating func takeNew() -> [String] {
        guard !new.isEmpty else { return [] }
        defer { new.removeAll(keepingCapacity: true) }
        return new
    }
}

private struct WordWriter: FieldCoder {
    var words: [UInt64] = []
    var texts: TextIndex

    init(texts: TextIndex) {
        self.texts = texts
        words.reserveCapacity(SampleCodec.believedCount)
    }

    mutating func code(word value: inout UInt64) { words.append(value) }
    mutating func code(_ value: inout String) { words.append(texts.place(of: value)) }
}

private struct WordReader: FieldCoder {
    let words: [UInt64]
    let texts: [String]
    private var position = 0

    init(words: [UInt64], texts: [String]) {
        self.words = words
        self.texts = texts
    }

    mutating func code(word value: inout UInt64) throws {
        guard position < words.count else { throw SampleCodec.Failure.truncated }
        value = words[position]
        position += 1
    }

    mutating func code(_ value: inout String) throws {
        var place: UInt64 = 0
        try code(word: &place)
        guard place < UInt64(texts.count) else { throw SampleCodec.Failure.invalidField("text") }
        value = texts[Int(place)]
    }
}
