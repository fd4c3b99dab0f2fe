/// What one part of a row or column asks of the space there is.
package struct LayoutPart: Hashable, Sendable {
    /// Below this the part is left out.
    package var minimum: Int
    /// More than this does it no good; `.max` takes what is left.
    package var maximum: Int
    /// Parts of a higher priority stay longer when space runs out, and grow first.
    package var priority: Int

    package init(minimum: Int, maximum: Int, priority: Int = 0) {
        self.minimum = minimum
        self.maximum = max(minimum, maximum)
        self.priority = priority
    }

    package static func fixed(_ length: Int, priority: Int = 0) -> Self {
        Self(minimum: length, maximum: length, priority: priority)
    }

    package static func flexible(minimum: Int = 1, priority: Int = 0) -> Self {
        Self(minimum: minimum, maximum: .max, priority: priority)
    }
}

/// Shares out a length among parts: who is shown, and how long.
package enum Layout {
    /// - Returns: a length for each part, nil for those left out. Parts are let in by priority, and among equals from
    ///   the first on; what remains goes to those with room to grow, by priority, evenly among equals.
    package static func lengths(of parts: [LayoutPart], in total: Int, spacing: Int = 0) -> [Int?] {
        let ranked = parts.indices.sorted { (-parts[$0].priority, $0) < (-parts[$1].priority, $1) }
        var lengths = [Int?](repeating: nil, count: parts.count)
        var free = total + spacing
        for index in ranked where parts[index].minimum + spacing <= free {
            lengths[index] = parts[index].minimum
            free -= parts[index].minimum + spacing
        }
        for priority in Set(parts.map(\.priority)).sorted(by: >) {
            let peers = ranked.filter { parts[$0].priority == priority }
            free = grow(peers, of: parts, &lengths, by: free)
        }
        return lengths
    }

    private static func grow(_ peers: [Int], of parts: [LayoutPart], _ lengths: inout [Int?], by free: Int) -> Int {
        var free = free
        while free > 0 {
            let growing = peers.filter { index in lengths[index].map { $0 < parts[index].maximum } ?? false }
            guard !growing.isEmpty else { break }
            let share = max(1, free / growing.count)
            for index in growing where free > 0 {
                let length = lengths[index] ?? 0
                let more = min(share, free, parts[index].maximum - length)
                lengths[index] = length + more
                free -= more
            }
        }
        return free
    }
}

extension Rect {
    /// Side by side from the left; nil for the parts that find no room.
    package func columns(_ parts: [LayoutPart], spacing: Int = 0) -> [Rect?] {
        var left = x
        return Layout.lengths(of: parts, in: width, spacing: spacing).map { length in
            guard let length else { return nil }
            defer { left += length + spacing }
            return Rect(x: left, y: y, width: length, height: height)
        }
    }

    /// One below the other from the top; nil for the parts that find no room.
    package func rows(_ parts: [LayoutPart], spacing: Int = 0) -> [Rect?] {
        var top = y
        return Layout.lengths(of: parts, in: height, spacing: spacing).map { length in
            guard let length else { return nil }
            defer { top += length + spacing }
            return Rect(x: x, y: top, width: width, height: length)
        }
    }
}
