import NIOCore

/// How long a connection waits before it takes Redis for gone.
package struct RedisTimeouts: Sendable, Equatable {
    /// For the TCP connection to stand.
    package var connect: Duration
    /// How long Redis may stay silent while a reply is awaited. Longer than any pause of a healthy Redis (a fork, a
    /// slow script), short enough that a hung one is found before people notice.
    package var reply: Duration
    /// How often an idle connection is asked whether Redis still answers. A hung Redis is found at most twice this
    /// and `reply` after it stopped.
    package var ping: Duration

    package init(
        connect: Duration = .seconds(2), reply: Duration = .seconds(3), ping: Duration = .seconds(1)
    ) {
        self.connect = connect
        self.reply = reply
        self.ping = ping
    }
}
