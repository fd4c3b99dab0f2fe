import NIOCore

extension RedisInspector {
    /// Looks through keys for the first in rank, and asks those of what type they are.
    /// - Throws: `InspectionFailure`.
    package func find(_ search: KeySearch) async throws -> KeyFinding {
        do {
            return try await look { client in
                var finding = try await Self.find(search, client)
                let types = await client.outcomes(of: finding.keys.map { RESPCommand("TYPE", .bytes($0.name)) })
                for (index, type) in types.enumerated() {
                    // A type that cannot be had is left open: the figure is what was asked for.
                    let name = (try? type.get())?.text ?? ""
                    finding.keys[index].type = name == "none" ? "" : name
                }
                return finding
            }
        } catch {
            throw InspectionFailure(error)
        }
    }

    /// Whether Redis counts how often keys are used, which it does under some policies only.
    /// - Returns: the policy where it does not.
    /// - Throws: `InspectionFailure`.
    package func policyWithoutFrequency() async throws -> String? {
        do {
            let info = try await look { try await $0.send("INFO", "memory") }
            let policy = RedisFields.info(info.text ?? "")["maxmemory_policy"] ?? "unknown"
            return policy.contains("lfu") ? nil : policy
        } catch {
            throw InspectionFailure(error)
        }
    }

    static func find(_ search: KeySearch, _ client: RedisClient) async throws -> KeyFinding {
        let start = ContinuousClock.now
        let size = try await client.send("DBSIZE").integer.map { Int($0) } ?? 0
        var state = KeySearchState(search, databaseSize: size)
        var action = state.start()
        while case .ask(let keys, let next) = action {
            let commands = keys.map(search.question.command) + (next.map { [search.scan(from: $0)] } ?? [])
            let outcomes = await client.outcomes(of: commands)
            action = try state.received(
                Array(outcomes.prefix(keys.count)), page: next == nil ? nil : outcomes.last,
                after: start.duration(to: .now))
        }
        return try state.result()
    }
}
