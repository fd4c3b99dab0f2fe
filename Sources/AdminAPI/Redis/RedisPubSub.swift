/// What is subscribed to at a Redis.
package struct RedisPubSub: Sendable, Equatable, Codable {
    /// Channels with a subscriber.
    package var channels: Int
    package var patterns: Int
    /// Those with the most subscribers, at most `maximumListed`. Where there are too many channels to ask for all,
    /// `RedisGap` says so and only those are here that every worker hears.
    package var top: [RedisChannel]

    package init(channels: Int, patterns: Int, top: [RedisChannel]) {
        self.channels = channels
        self.patterns = patterns
        self.top = top
    }

    package static let maximumListed = 32
}

/// A channel, and how many connections hear it.
package struct RedisChannel: Sendable, Equatable, Codable {
    package var name: String
    package var subscribers: Int

    package init(name: String, subscribers: Int) {
        self.name = name
        self.subscribers = subscribers
    }
}
