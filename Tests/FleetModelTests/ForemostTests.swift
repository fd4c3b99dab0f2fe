import FleetModel
import Testing

@Suite("The first of many")
struct ForemostTests {
    @Test("are the same as of all in order, in whichever order they come", arguments: [0, 1, 7, 100, 2_000])
    func sameAsSorting(_ limit: Int) {
        let all = (0..<1_000).map { ($0 * 7_919) % 1_009 }
        for order in [all, all.sorted(), all.sorted(by: >)] {
            var foremost = Foremost<Int>(limit)
            for element in order { foremost.insert(element) }
            #expect(foremost.elements == Array(all.sorted().prefix(limit)))
        }
    }

    @Test("a place in what is in order is found at both ends and between")
    func partition() {
        let numbers = [1, 3, 3, 5]
        #expect([0, 1, 2, 3, 5, 9].map { bound in numbers.partition { bound < $0 } } == [0, 1, 1, 3, 4, 4])
        #expect([Int]().partition { 1 < $0 } == 0)
    }
}
