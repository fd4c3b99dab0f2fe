import Testing

@testable import LoadGenerator

struct RoomReceiptsTests {
    @Test("messages in order leave no gap, whatever number they begin with")
    func inOrder() {
        let receipts = receipts([7, 8, 9])
        #expect(receipts.first == 7)
        #expect(receipts.received == 3)
        #expect(receipts.missing(in: 7..<10) == 0)
        #expect(receipts.missing(in: 0..<20) == 17)
    }

    @Test("a message that comes again is a duplicate, also in a later session")
    func duplicates() {
        var receipts = receipts([0, 1, 1, 2, 0])
        receipts.beginAnew(at: 1)
        receipts.receive(2)
        #expect(receipts.duplicates == 3)
        #expect(receipts.received == 3)
        #expect(receipts.outOfOrder == 0)
    }

    @Test("a message that comes late is out of order, and no longer missing")
    func outOfOrder() {
        let receipts = receipts([0, 1, 6, 3, 5])
        #expect(receipts.outOfOrder == 2)
        #expect(receipts.missing(in: 0..<7) == 2)
        #expect(receipts.gaps.map(\.messages) == [2..<3, 4..<5])
    }

    @Test("messages before the first one received are missing until they come")
    func beforeFirst() {
        let receipts = receipts([5, 2])
        #expect(receipts.outOfOrder == 1)
        #expect(receipts.missing(in: 0..<6) == 4)
    }

    @Test("a client that received nothing misses everything")
    func nothing() {
        #expect(receipts([]).missing(in: 3..<9) == 6)
    }

    @Test("beyond the bound on gaps the oldest losses are still counted, and those between sessions stay listed")
    func bound() {
        var receipts = receipts([0])
        receipts.beginAnew(at: 1)
        for sequence in stride(from: UInt32(2), through: 1_000, by: 2) { receipts.receive(sequence) }
        #expect(receipts.gaps.count == RoomReceipts.maximumGaps)
        #expect(receipts.gaps.first == RoomReceipts.Gap(messages: 1..<2, anewSince: 1))
        #expect(Int(receipts.unlistedLost) + receipts.missing(in: 0..<1_001) == 500)
        #expect(receipts.unlistedAway == 0)
    }

    @Test("a session that begins anew stays the reason of a gap when a message comes again before it")
    func againAfterAnew() {
        var receipts = receipts([0, 1])
        receipts.beginAnew(at: 7)
        for sequence: UInt32 in [1, 5] { receipts.receive(sequence) }
        #expect(receipts.gaps == [RoomReceipts.Gap(messages: 2..<5, anewSince: 7)])
    }

    @Test("receipts of any arrivals agree with a plain set of numbers", arguments: 0..<50 as Range<UInt64>)
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var receipts = RoomReceipts(room: 0)
        var seen: Set<UInt32> = []
        var duplicates: UInt32 = 0
        for _ in 0..<60 {
            let sequence = UInt32.random(in: 0..<40, using: &random)
            if !seen.insert(sequence).inserted { duplicates += 1 }
            receipts.receive(sequence)
        }
        #expect(receipts.duplicates == duplicates)
        #expect(Int(receipts.received) == seen.count)
        for range in [0..<40, 5..<17, 30..<45] as [Range<UInt32>] {
            #expect(receipts.missing(in: range) == range.count { !seen.contains($0) })
        }
    }

    private func receipts(_ sequences: [UInt32]) -> RoomReceipts {
        var receipts = RoomReceipts(room: 0)
        for sequence in sequences { receipts.receive(sequence) }
        return receipts
    }
}
