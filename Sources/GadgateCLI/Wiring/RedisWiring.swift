import FleetModel
import Gateway
import Logging
import Redis
import Telemetry

/// Everything of a worker that stands on Redis, over one view of where the primary is.
struct RedisWiring {
    let backplane: any Backplane
    let log: any CriticalLog
    let registration: any WorkerRegistration
    let connections: any ConnectionRegistration
    let overseer: any RedisOverseer
    let operations: any OperationStore
    let register: any FleetRegister
    let audit: any SharedAudit
    let throttles: any ThrottleStore

    /// Begins to connect, but for the backplane, which its user starts.
    /// - Throws: what makes the settings unusable.
    init(_ settings: RedisSettings, worker: WorkerID, logger: Logger) throws {
        let name = "gadgate-\(worker)"
        let clock = SteadyClock(startedAt: .now)
        let announcements = SentinelLog(clock: clock)
        let topology = RedisTopology(try RedisTarget(settings), name: name, logger: logger) {
            announcements.note($0)
        }
        try topology.validate()
        let streams = RedisStreams(topology: topology, name: name, logger: logger)
        streams.start()
        let client = RedisClient(topology: topology, name: name + "-registry", logger: logger)
        client.start()
        backplane = RedisBackplane(RedisBus(topology: topology, name: name, logger: logger))
        log = RedisCriticalLog(streams)
        let registration = RedisRegistration(client: client)
        (self.registration, register) = (registration, registration)
        operations = RedisOperationStore(client: client)
        connections = RedisConnectionRegistration(client: client)
        let inspector = RedisInspector(topology: topology, name: name + "-inspector")
        overseer = RedisOversight(
            worker: worker, topology: topology, client: client,
            insight: RedisInsight(worker: worker, inspector: inspector, clock: clock), log: announcements, clock: clock)
        audit = RedisSharedAudit(client: client)
        throttles = RedisThrottleStore(client: client)
    }
}

extension RedisTarget {
    /// - Throws: `RedisURLError`, which names what is wrong and repeats no password.
    init(_ settings: RedisSettings) throws {
        let group =
            settings.sentinels.isEmpty
            ? nil
            : try SentinelGroup(
                addresses: settings.sentinels, master: settings.master, credentials: settings.sentinelCredentials)
        self.init(
            url: try RedisURL(settings.url), sentinels: group, certificateAuthority: settings.certificateAuthority)
    }
}
