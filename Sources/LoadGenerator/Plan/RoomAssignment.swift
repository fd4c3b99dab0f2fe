/// How clients are spread over rooms.
package enum RoomPopularity: String, Sendable, Codable, CaseIterable {
    /// Every room gets the same number of clients, give or take one.
    case even
    /// The room of rank k is chosen in proportion to 1/k (Zipf's law with exponent 1): few large rooms, many small
    /// ones.
    case skewed
}

/// Which rooms each client joins: the same for the same client in any process, and again after a reconnect.
package struct RoomAssignment: Sendable {
    private let rooms: Int
    private let perClient: Int
    private let spread: RoomPopularity
    /// Rising to 1: the part of all choices that fall on this room or one of a higher rank.
    private let cumulative: [Double]
    /// Rooms after those, of which a client joins one.
    private let critical: Int

    /// - Parameter perClient: rooms a client joins; at most `rooms` are.
    package init(rooms: Int, perClient: Int, spread: RoomPopularity, critical: Int = 0) {
        self.critical = critical
        self.rooms = max(1, rooms)
        self.perClient = min(max(0, perClient), self.rooms)
        self.spread = spread
        cumulative = spread == .skewed ? Self.zipf(self.rooms) : []
    }

    package init(_ plan: ProcessPlan) {
        self.init(
            rooms: plan.ordinaryRooms, perClient: plan.roomsPerClient, spread: plan.spread,
            critical: plan.rooms.count - plan.ordinaryRooms)
    }

    /// The indices of the rooms that a client joins, ascending and each once.
    package func rooms(of client: Int) -> [Int] {
        ordinaryRooms(of: client) + (critical > 0 ? [rooms + client % critical] : [])
    }

    private func ordinaryRooms(of client: Int) -> [Int] {
        switch spread {
        case .even: (0..<perClient).map { (client * perClient + $0) % rooms }.sorted()
        case .skewed: skewedRooms(of: client)
        }
    }

    private func skewedRooms(of client: Int) -> [Int] {
        var random = SplitMix64(seed: UInt64(client))
        var chosen: Set<Int> = []
        for _ in 0..<(perClient * Self.triesPerRoom) where chosen.count < perClient {
            chosen.insert(rank(at: Double.random(in: 0..<1, using: &random)))
        }
        var next = 0
        while chosen.count < perClient {
            chosen.insert(next)
            next += 1
        }
        return chosen.sorted()
    }

    private func rank(at position: Double) -> Int {
        var (low, high) = (0, rooms - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > position { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func zipf(_ rooms: Int) -> [Double] {
        let weights = (1...rooms).map { 1 / Double($0) }
        let total = weights.reduce(0, +)
        var sum = 0.0
        return weights.map { weight in
            sum += weight
            return sum / total
        }
    }

    /// A client that wants most of the rooms would draw the popular ones for ever; after this many draws for each room
    /// it takes the most popular that it has not.
    private static let triesPerRoom = 32
}

/// A small generator of random numbers that gives the same numbers for the same seed.
///
/// Source: Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x2545_F491_4F6C_DD1D
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
