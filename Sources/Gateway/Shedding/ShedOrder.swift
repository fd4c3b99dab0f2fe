import AdminAPI
import FleetModel

/// An order to give connections away, checked.
struct ShedOrder: Sendable, Equatable {
    /// The operation it is a part of: its orders count together.
    var operation: String
    /// The user the operating system named, or the name in a certificate.
    var requestedBy: String
    /// How many may be told to leave in all, over every order of the operation.
    var count: Int
    var ratePerSecond: Double
    /// nil for all clients.
    var rooms: RoomPattern?
    var refusesNew: Bool
    var lease: Duration

    /// - Throws: `AdminError` that names the value that is wrong.
    init(_ request: ShedRequest, operation: String, requestedBy: String) throws(AdminError) {
        guard request.count >= 0 else { throw AdminError(.badRequest, "count is not a number of clients from 0 up") }
        guard request.ratePerSecond > 0, request.ratePerSecond <= DrainLimits.highestRate else {
            let highest = Int(DrainLimits.highestRate)
            throw AdminError(.badRequest, "rate_per_second is not above 0 and up to \(highest) (--rate)")
        }
        guard request.leaseSeconds > 0, request.leaseSeconds <= ShedRequest.longestLease.inSeconds else {
            let longest = Int(ShedRequest.longestLease.inSeconds)
            throw AdminError(.badRequest, "lease_seconds is not above 0 and up to \(longest)")
        }
        rooms = try request.rooms.map { (text) throws(AdminError) in
            guard let pattern = RoomPattern(text) else {
                throw AdminError(.badRequest, "rooms is neither a room's name nor one with * at its end (--rooms)")
            }
            return pattern
        }
        self.operation = operation
        self.requestedBy = requestedBy
        count = request.count
        ratePerSecond = request.ratePerSecond
        refusesNew = request.refuseNew
        lease = .seconds(request.leaseSeconds)
    }
}
