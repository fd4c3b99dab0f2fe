import FleetModel

/// Every route of a worker's admin API; the OpenAPI document in `openapi.json` describes exactly these.
package enum AdminRoute: String, CaseIterable, Sendable {
    case identity = "/v1/identity"
    /// One sample, as it is now.
    case stats = "/v1/stats"
    /// That sample, and before it one of some seconds earlier, for rates without waiting; in either form of a stream.
    case recentStats = "/v1/stats/recent"
    /// Samples without end, one an interval: JSON lines, or compact frames where `SampleFormat.compact` is accepted.
    case stream = "/v1/stream"
    case rooms = "/v1/rooms"
    case connections = "/v1/connections"
    /// Who got and who acknowledged the last critical messages.
    case acks = "/v1/acks"
    /// How each circuit breaker stands, and how it came to that.
    case breakers = "/v1/breakers"
    /// How much of its less critical work the worker leaves undone, and how it came to that.
    case degradation = "/v1/degradation"
    /// Whether more workers are wanted.
    case scale = "/v1/scale"
    /// GET: the drain's status. POST: start one.
    case drain = "/v1/drain"
    /// POST: cancel a drain at whichever step it is, and serve again.
    case undrain = "/v1/undrain"
    /// GET: how the worker gives connections away. POST: have it do so, or renew that.
    case shed = "/v1/shed"
    /// POST: end it now, and accept again.
    case shedStop = "/v1/shed/stop"
    /// Who the asker is to this worker.
    case access = "/v1/access"
    /// GET: the latest, or one by `id`. POST: begin one.
    case operations = "/v1/operations"
    /// POST: the leader tells how it goes.
    case operationProgress = "/v1/operations/progress"
    case operationCancel = "/v1/operations/cancel"
    case operationTakeover = "/v1/operations/takeover"
    /// GET and POST: the lever that stops what runs and blocks what would start.
    case safety = "/v1/safety"
    /// The primary, its replicas and the Sentinels, and what these announced.
    case redis = "/v1/redis"
    /// The primary in depth: clients, channels, memory, traffic, persistence, slow commands and streams.
    case redisDetails = "/v1/redis/details"
    /// The biggest or the hottest keys, looked for at the moment.
    case redisKeys = "/v1/redis/keys"
    /// POST: have the Sentinels promote a replica.
    case redisFailover = "/v1/redis/failover"
    /// POST: a drill begins or ends.
    case redisDrills = "/v1/redis/drills"
    /// GET: what was sent and received. POST: send numbered probe messages for a drill.
    case probe = "/v1/probe"
    /// What was done, wanted and denied in the fleet, newest first.
    case audit = "/v1/audit"
    /// GET: the throttles of the fleet, and what this worker did for them. POST: set one.
    case throttles = "/v1/throttles"
    /// What a pattern names here.
    case throttlePreview = "/v1/throttles/preview"
    /// POST: end a throttle.
    case throttleClear = "/v1/throttles/clear"
    /// POST: publish an operator's message.
    case broadcast = "/v1/broadcast"
    /// POST: hold one of the worker's breakers open or closed for a while.
    case breakerOverride = "/v1/breakers/override"
    /// POST: close one of the worker's connections.
    case kick = "/v1/kick"
    case openAPI = "/v1/openapi.json"

    package var methods: [String] {
        switch self {
        case .identity, .stats, .recentStats, .stream, .rooms, .connections, .acks, .breakers, .degradation, .scale,
            .access, .audit, .redis, .redisDetails, .redisKeys, .throttlePreview, .openAPI:
            ["GET"]
        case .drain, .shed, .operations, .safety, .probe, .throttles: ["GET", "POST"]
        case .undrain, .shedStop, .operationProgress, .operationCancel, .operationTakeover, .redisFailover,
            .redisDrills, .throttleClear, .broadcast, .breakerOverride, .kick:
            ["POST"]
        }
    }

    /// The least role that may use the route at all, nil where everybody may; what a request changes may ask for more.
    package func role(for method: String) -> AccessRole? {
        switch self {
        case .access: nil
        case .identity, .stats, .recentStats, .stream, .rooms, .connections, .acks, .breakers, .degradation, .scale,
            .drain, .undrain, .shed, .shedStop, .operations, .operationProgress, .operationCancel, .operationTakeover,
            .safety, .audit, .redis, .redisDetails, .redisKeys, .throttles, .throttlePreview, .throttleClear,
            .broadcast,
            .breakerOverride, .kick, .openAPI:
            method == "GET" ? .viewer : .operator
        case .redisFailover, .redisDrills, .probe: method == "GET" ? .viewer : .admin
        }
    }
}

/// The forms a stream of samples comes in, named by media type.
package enum SampleFormat: String, Sendable, CaseIterable {
    /// One JSON object a line.
    case jsonLines = "application/x-ndjson"
    /// `SampleCodec` frames.
    case compact = "application/vnd.gad.samples"
}
