import AdminAPI
import AdminClient
import ArgumentParser
import FleetModel
import FoundationEssentials

/// `gadtop get redis`
struct GetRedisCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "redis", abstract: "Print the primary, its replicas and the Sentinels, as the workers see them.",
        discussion: """
            One worker is asked; when it does not answer, the next. With -o wide, also what the Sentinels announced.

            Examples:
              gadtop get redis
              gadtop get redis -o wide
              gadtop get redis -o json | jq '.[0].sentinels[] | select(.has_quorum | not)'
            """)

    @OptionGroup var options: GetOptions

    func execute() async throws {
        let source = try options.fleet.choice.source(environment: ProcessInfo.processInfo.environment)
        let (endpoints, client) = (try await source.endpoints(), try AdminClient())
        try await options.print {
            do {
                return Look(text: try RedisListing(try await client.redis(of: endpoints)).text(as: options.output))
            } catch let failure as AdminFailure {
                throw source.unreachable([failure])
            }
        }
    }
}

extension AdminRequest {
    /// Sentinels and a primary that hang are given up after a second.
    static func redis(of endpoint: AdminEndpoint) -> AdminRequest {
        AdminRequest(endpoint, .get, .redis, timeout: .seconds(3))
    }
}

extension AdminClient {
    /// Workers asked in turn before the fleet counts as unreachable.
    private static let maximumTries = 3

    /// What the first worker that answers says of Redis.
    /// - Throws: `AdminFailure` of the last one that was asked.
    func redis(of endpoints: [AdminEndpoint]) async throws -> RedisReport {
        var last: (any Error)?
        for endpoint in endpoints.prefix(Self.maximumTries) {
            do {
                return try await value(of: RedisReport.self, from: .redis(of: endpoint))
            } catch {
                last = error
            }
        }
        throw last ?? CommandFailure(.unreachable, "no worker is known")
    }
}
