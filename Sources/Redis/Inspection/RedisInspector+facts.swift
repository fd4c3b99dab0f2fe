import NIOCore

extension RedisInspector {
    /// Asks the primary for all that is in `question`; what it does not tell says why.
    package func facts(_ question: ServerQuestion) async -> ServerFacts {
        do {
            return try await look { await Self.facts(question, $0) }
        } catch {
            return ServerFacts(InspectionFailure(error))
        }
    }

    private static func facts(_ question: ServerQuestion, _ client: RedisClient) async -> ServerFacts {
        let info = await part { RedisFields.info(try await client.send("INFO").text ?? "") }
        // What there is to list decides whether it is listed.
        guard case .success(let fields) = info else { return ServerFacts(info.failure ?? .redis(.shutDown)) }
        var facts = ServerFacts(.redis(.shutDown))
        facts.info = info
        facts.slowlog = await part { try await slowlog(question.slowCommands, client) }
        facts.clients = await part { try await clients(fields, client) }
        facts.channels = await part { try await channels(fields, question.channels, client) }
        facts.streams = await part { try await streams(question.streams, client) }
        return facts
    }

    private static func part<Value>(_ ask: () async throws -> Value) async -> ServerFacts.Part<Value> {
        do {
            return .success(try await ask())
        } catch {
            return .failure(InspectionFailure(error))
        }
    }

    private static func slowlog(_ count: Int, _ client: RedisClient) async throws -> [SlowEntry] {
        let reply = try await client.send("SLOWLOG", "GET", .text("\(count)"))
        guard let entries = reply.array else { throw RedisError.unexpectedReply(to: "SLOWLOG") }
        return entries.compactMap { SlowEntry($0) }
    }

    private static func clients(_ info: [String: String], _ client: RedisClient) async throws -> [[String: String]] {
        let count = info["connected_clients"].flatMap { Int($0) } ?? 0
        let limit = ServerQuestion.maximumClients
        guard count <= limit else { throw InspectionFailure.tooMany("clients", count: count, limit: limit) }
        let lines = try await client.send("CLIENT", "LIST").text ?? ""
        return lines.split(whereSeparator: \.isNewline).map { RedisFields.words(String($0)) }
    }

    private static func streams(_ search: KeySearch, _ client: RedisClient) async throws -> KeyFinding {
        var finding = try await find(search, client)
        let replies = await client.outcomes(
            of: finding.keys.map { RESPCommand("XINFO", "STREAM", .bytes($0.name)) })
        for (index, reply) in replies.enumerated() {
            // A stream that is gone meanwhile has no last id.
            let fields = (try? reply.get()).map(RedisFields.pairs) ?? [:]
            finding.keys[index].lastID = fields["last-generated-id"] ?? ""
        }
        return finding
    }
}

// MARK: - Channels

extension RedisInspector {
    /// Channels whose subscribers are asked for with one command.
    private static let channelsPerCommand = 512

    /// All channels, or where there are too many those that are named.
    private static func channels(
        _ info: [String: String], _ named: [String], _ client: RedisClient
    ) async throws -> [String: Int] {
        let count = info["pubsub_channels"].flatMap { Int($0) } ?? 0
        guard count <= ServerQuestion.maximumChannels else { return try await subscribers(of: named, client) }
        let reply = try await client.send("PUBSUB", "CHANNELS")
        guard let names = reply.array else { throw RedisError.unexpectedReply(to: "PUBSUB") }
        return try await subscribers(of: names.compactMap(\.text), client)
    }

    private static func subscribers(of channels: [String], _ client: RedisClient) async throws -> [String: Int] {
        let commands = stride(from: 0, to: channels.count, by: channelsPerCommand).map { start in
            RESPCommand("PUBSUB", ["NUMSUB"] + channels[start..<min(start + channelsPerCommand, channels.count)])
        }
        var counts: [String: Int] = [:]
        for outcome in await client.outcomes(of: commands) {
            let values = try outcome.get().array ?? []
            for index in stride(from: 0, to: values.count - 1, by: 2) {
                guard let name = values[index].text, let count = values[index + 1].integer else { continue }
                counts[name] = Int(count)
            }
        }
        return counts
    }
}

extension Result {
    fileprivate var failure: Failure? {
        switch self {
        case .success: nil
        case .failure(let error): error
        }
    }
}
