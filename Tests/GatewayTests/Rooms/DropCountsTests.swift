import FleetModel
import Testing

@testable import Gateway

@Suite("Counts of drops")
struct DropCountsTests {
    @Test("each pair of class and reason is counted apart, merged with its like, and listed where it occurred")
    func pairs() {
        var counts = DropCounts()
        for (index, criticality) in Criticality.allCases.enumerated() {
            for (place, reason) in DropReason.allCases.enumerated() where reason != .rate {
                counts.add(criticality, reason, times: UInt64(index * 100 + place + 1))
            }
        }
        counts.merge(counts)
        #expect(counts[.critical, .queueFull] == 2)
        #expect(counts[.bestEffort, .degraded] == 412)
        #expect(counts[.important, .rate] == 0)
        #expect(counts.list.count == Criticality.allCases.count * (DropReason.allCases.count - 1))
        #expect(counts.list.first == DropCount(criticality: .critical, reason: .queueFull, count: 2))
        #expect(counts.sums.total == counts.list.reduce(0) { $0 + $1.count })
    }
}
