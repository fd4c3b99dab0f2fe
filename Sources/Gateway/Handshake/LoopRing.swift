import Dispatch
import NIOCore
import Synchronization

/// Some loops of a process as a group that hands them out in turn.
final class LoopRing: EventLoopGroup {
    private let loops: [any EventLoop]
    private let turn = Atomic(0)

    init(_ loops: [any EventLoop]) {
        self.loops = loops
    }

    func next() -> any EventLoop {
        loops[turn.wrappingAdd(1, ordering: .relaxed).oldValue % loops.count]
    }

    func makeIterator() -> EventLoopIterator { EventLoopIterator(loops) }

    /// The loops belong to whoever made them, and end with that.
    func shutdownGracefully(queue: DispatchQueue, _ callback: @escaping @Sendable ((any Error)?) -> Void) {
        queue.async { callback(nil) }
    }
}
