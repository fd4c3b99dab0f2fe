import AdminAPI
import FleetModel
import Hummingbird

/// The query of one request, with every parameter checked; a parameter that a route does not know is refused.
struct AdminQuery {
    private let values: [String: String]

    init(_ request: Request, allowed: [String]) throws {
        var values: [String: String] = [:]
        for (name, value) in request.uri.queryParameters {
            let name = String(name)
            guard allowed.contains(name) else { throw Self.unknown(name, allowed) }
            guard values.updateValue(String(value), forKey: name) == nil else {
                throw AdminError(.badRequest, "the parameter \(name) is given twice")
            }
        }
        self.values = values
    }

    func text(_ name: String) -> String? { values[name] }

    func integer(_ name: String, in range: ClosedRange<Int>, standard: Int) throws -> Int {
        guard let text = values[name] else { return standard }
        guard let value = Int(text), range.contains(value) else {
            throw AdminError(
                .badRequest,
                "\(name) is \"\(text)\", not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func limit() throws -> Int {
        try integer("limit", in: 1...PageLimit.maximum, standard: PageLimit.standard)
    }

    /// One of the words of an enumeration.
    func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String, standard: Choice
    ) throws -> Choice {
        guard let text = values[name] else { return standard }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw AdminError(.badRequest, "\(name) is \"\(text)\", not one of \(known)")
        }
        return choice
    }

    /// The connections a list is about: at most one of `room=`, `user=`, `role=`, `connection=`.
    func selector() throws -> ConnectionSelector {
        let given = Self.selectors.filter { values[$0] != nil }
        guard given.count <= 1 else {
            throw AdminError(.badRequest, "ask by one of \(Self.selectors.joined(separator: ", ")), not by both")
        }
        if let user = text("user") { return .user(user) }
        if let role = text("role") { return .role(role) }
        if let id = text("connection") { return .connection(id) }
        guard let room = text("room") else { return .all }
        guard let name = RoomName(room) else {
            throw AdminError(.badRequest, "\"\(room)\" is no room name: 1 to 128 of A-Za-z0-9:_.- are allowed")
        }
        return .room(name)
    }

    static let selectors = ["room", "user", "role", "connection"]

    private static func unknown(_ name: String, _ allowed: [String]) -> AdminError {
        let known = allowed.isEmpty ? "no parameters" : allowed.joined(separator: ", ")
        return AdminError(.badRequest, "there is no parameter \"\(name)\" here; this route takes \(known)")
    }
}
