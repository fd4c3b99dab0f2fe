/// What samples are compared with: the one before of the same worker, or for a worker's first the last of anyone, which
/// shares at least its zeros. Writer and reader keep the same.
struct SampleHistory: Sendable {
    private var rows: [UInt64: [UInt64]] = [:]
    private var last: [UInt64] = []
    private(set) var wordCount = 0

    func base(of worker: UInt64) -> [UInt64] { rows[worker] ?? last }

    mutating func keep(_ words: [UInt64], of worker: UInt64) {
        wordCount += words.count - (rows.updateValue(words, forKey: worker)?.count ?? 0)
        last = words
    }
}
