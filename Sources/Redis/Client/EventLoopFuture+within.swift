import NIOCore

extension EventLoopFuture {
    /// The same, or `RedisError.connectionLost` when there is nothing after `limit`: for questions whose answer is not
    /// worth a longer wait.
    package func within(_ limit: Duration) -> EventLoopFuture<Value> where Value: Sendable {
        let promise = eventLoop.makePromise(of: Value.self)
        let end = eventLoop.scheduleTask(in: TimeAmount(limit)) {
            promise.fail(RedisError.connectionLost("no answer within \(limit)"))
        }
        // The first outcome counts: completing a promise again does nothing.
        whenComplete { result in
            end.cancel()
            promise.completeWith(result)
        }
        return promise.futureResult
    }
}
