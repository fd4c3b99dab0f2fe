import FleetModel

/// What one of gadload's client processes is told at its start: one line of JSON on its standard input.
package struct ProcessPlan: Sendable, Codable, Equatable {
    package var run: RunID
    package var targets: [TargetURL]
    /// The number of this process's first client, counted over all processes.
    package var firstClient: Int
    package var clients: Int
    /// Connections begun a second by this process.
    package var connectRate: Double
    /// All rooms of the run, by index.
    package var rooms: [RoomName]
    package var classes: [Criticality]
    /// Of the rooms beyond, each client joins one.
    package var ordinaryRooms: Int
    package var roomsPerClient: Int
    package var spread: RoomPopularity
    /// Addresses 127.0.0.1 and up to connect from, one after the other; 0 leaves the choice to the kernel.
    package var sourceAddresses: Int
    package var token: TokenSource
    package var dialect: Dialect
    package var certificateAuthority: String?
    package var acknowledges: Bool
    /// The number of the first client that stops reading once it has joined.
    package var firstStuck: Int
    /// How many of this process's clients lose their connection when the storm comes.
    package var stormClients: Int
}

/// Where clients have their tokens from. It travels on a pipe and never on a command line.
package enum TokenSource: Sendable, Codable, Equatable {
    case none
    /// The same for every client.
    case fixed(String)
    /// A token for each client, signed with the secret in this file: subject `user-<number>`, and this role.
    case minted(secretFile: String, role: String)
}

/// Makes the tokens of clients; implemented where the JWT library is.
package protocol TokenMint: Sendable {
    /// - Parameter clients: their numbers.
    /// - Returns: as many tokens, or nil for clients without.
    func tokens(for clients: Range<Int>, source: TokenSource) async throws -> [String]?
}
