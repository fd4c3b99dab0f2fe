import NIOCore

/// An entry of a stream, and the stream that it is of.
package struct StreamPlace: Sendable, Equatable {
    /// Changes when the stream is lost; empty where there is no stream.
    package var epoch: String
    /// A stream entry id.
    package var offset: String

    package init(epoch: String, offset: String) {
        self.epoch = epoch
        self.offset = offset
    }
}

/// Where a published message went.
package struct StreamReceipt: Sendable, Equatable {
    package var place: StreamPlace
    /// The message id was published before, there; nothing was published by this call.
    package var isRepeated: Bool
}

/// One entry as it is in the stream.
package struct StreamRecord: Sendable, Equatable {
    package var offset: String
    /// The envelope as it was published; nil for an entry that only stands at a stream's beginning.
    package var envelope: ByteBuffer?
}

/// A part of a stream.
package struct StreamExcerpt: Sendable, Equatable {
    /// Empty where there is no stream.
    package var epoch: String
    package var records: [StreamRecord]
    /// There may be records behind the last one: the excerpt ended at the limit, or at a bound on its bytes.
    package var hasMore = false
}

/// How the stream of a room is kept.
package struct StreamKeeping: Sendable, Equatable {
    /// Entries kept at least.
    package var maximumLength: Int
    /// How long a stream stays that is neither published to nor asked for; whole seconds.
    package var retention: Duration
    /// How long a message id is remembered; whole seconds.
    package var idempotencyWindow: Duration
    /// Replicas that must have a message before it counts as published, 0 for none.
    package var replicas: Int
    /// How long those replicas may take.
    package var replicaTimeout: Duration

    package init(
        maximumLength: Int, retention: Duration, idempotencyWindow: Duration, replicas: Int, replicaTimeout: Duration
    ) {
        self.maximumLength = maximumLength
        self.retention = retention
        self.idempotencyWindow = idempotencyWindow
        self.replicas = replicas
        self.replicaTimeout = replicaTimeout
    }
}

extension Duration {
    /// At least one, since Redis takes no lifetime of zero.
    var lifetimeSeconds: Int64 { max(1, components.seconds) }
}
