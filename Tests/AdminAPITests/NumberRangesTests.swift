import AdminAPI
import FleetModel
import Testing

@Suite("Numbers as ranges")
struct NumberRangesTests {
    @Test("numbers in any order become as few ranges as they can")
    func joining() {
        var numbers = NumberRanges()
        for number in [5, 1, 3, 2, 4, 9] { numbers.insert(number) }
        #expect(numbers.ranges == [1...5, 9...9])
        let isNew = numbers.insert(3)
        #expect(!isNew)
        #expect(numbers.count == 6)
        #expect(numbers.contains(9) && !numbers.contains(6))
    }

    @Test("what one has and the other lacks is counted from a number on")
    func difference() {
        let sent = ranges([1...10, 20...30])
        let received = ranges([3...5, 22...22, 25...40])
        #expect(sent.count(from: 3, notIn: received) == 5 + 2 + 2)
        #expect(sent.count(from: 21, notIn: received) == 1 + 2)
        #expect(sent.count(from: 1, notIn: NumberRanges()) == 21)
    }

    @Test("a set in too many pieces refuses more, and says so")
    func bound() {
        var numbers = NumberRanges()
        for number in 0..<NumberRanges.maximumRanges { numbers.insert(number * 2) }
        let isTaken = (numbers.insert(-5), numbers.insert(1))
        #expect(isTaken == (false, true))
        #expect(numbers.refused == 1)
    }

    @Test("it is written as pairs, and pairs that do not ascend are refused")
    func json() throws {
        let numbers = ranges([1...3, 7...7])
        let bytes = try AdminJSON.encode(numbers)
        #expect(String(decoding: bytes, as: UTF8.self) == "[[1,3],[7,7]]")
        #expect(try AdminJSON.decode(NumberRanges.self, from: bytes) == numbers)
        for wrong in ["[[3,1]]", "[[1,2],[2,3]]", "[[1]]"] {
            #expect(throws: DecodingError.self) {
                try AdminJSON.decode(NumberRanges.self, from: Array(wrong.utf8))
            }
        }
    }

    private func ranges(_ ranges: [ClosedRange<Int>]) -> NumberRanges {
        var numbers = NumberRanges()
        for number in ranges.joined() { numbers.insert(number) }
        return numbers
    }
}
