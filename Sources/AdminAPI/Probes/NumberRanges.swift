/// A set of numbers as the few ranges that they make: thousands of probes with some missing cost a few words.
package struct NumberRanges: Sendable, Equatable {
    /// Ascending, apart from each other by at least one number.
    package private(set) var ranges: [ClosedRange<Int>] = []
    /// Numbers that found no place, because the set was in too many pieces.
    package private(set) var refused = 0

    /// Each hole in a drill's numbers is a stretch of losses; many more than this are a network that drops at random.
    package static let maximumRanges = 512

    package init() {}

    package var count: Int { ranges.reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { ranges.isEmpty }
    package var first: Int? { ranges.first?.lowerBound }
    package var last: Int? { ranges.last?.upperBound }

    package func contains(_ number: Int) -> Bool {
        let index = place(of: number)
        return index < ranges.count && ranges[index].contains(number)
    }

    /// - Returns: false when it was there already, or found no place.
    @discardableResult
    package mutating func insert(_ number: Int) -> Bool {
        let index = place(of: number)
        if index < ranges.count, ranges[index].contains(number) { return false }
        let joinsBefore = index > 0 && ranges[index - 1].upperBound == number - 1
        let joinsAfter = index < ranges.count && ranges[index].lowerBound == number + 1
        switch (joinsBefore, joinsAfter) {
        case (true, true):
            ranges[index - 1] = ranges[index - 1].lowerBound...ranges[index].upperBound
            ranges.remove(at: index)
        case (true, false): ranges[index - 1] = ranges[index - 1].lowerBound...number
        case (false, true): ranges[index] = number...ranges[index].upperBound
        case (false, false):
            guard ranges.count < Self.maximumRanges else {
                refused += 1
                return false
            }
            ranges.insert(number...number, at: index)
        }
        return true
    }

    /// How many numbers from `start` on are here and not in `other`.
    package func count(from start: Int, notIn other: NumberRanges) -> Int {
        var missing = 0
        for range in ranges where range.upperBound >= start {
            let part = max(range.lowerBound, start)...range.upperBound
            missing += part.count
            for known in other.ranges where known.overlaps(part) { missing -= known.clamped(to: part).count }
        }
        return missing
    }

    /// The first range that does not end before `number`.
    private func place(of number: Int) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension NumberRanges: Codable {
    /// As `[[1, 500], [520, 700]]`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        for pair in try container.decode([[Int]].self) {
            guard pair.count == 2, pair[0] <= pair[1], pair[0] > (last ?? .min), ranges.count < Self.maximumRanges
            else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not ascending ranges")
            }
            ranges.append(pair[0]...pair[1])
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(ranges.map { [$0.lowerBound, $0.upperBound] })
    }
}
