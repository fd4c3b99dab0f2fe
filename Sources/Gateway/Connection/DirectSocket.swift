import Glibc
import NIOCore
import NIOPosix

/// A client's socket, written to without its channel: that costs the system call and nothing else.
///
/// The channel owns the descriptor. It may be used between the handler's being added and its `channelInactive`, on the
/// loop: SwiftNIO closes it there and then.
struct DirectSocket {
    private let descriptor: NIOBSDSocket.Handle
    /// Whether bytes may wait in the channel, which must go first.
    private(set) var isBehindChannel = true

    /// nil for a channel that changes what is written to it, or has no socket.
    init?(_ context: ChannelHandlerContext, isPlain: Bool) {
        guard isPlain,
            // It fails for a channel of another kind, which is used as any channel then.
            let handle = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
                of: NIOBSDSocket.Handle.self, { $0 })
        else { return nil }
        descriptor = handle
    }

    mutating func channelWasWrittenTo() { isBehindChannel = true }

    /// Writes what the socket takes at once.
    /// - Parameter waiting: bytes in the channel; asked for only where some may be there.
    /// - Returns: what is left, for the channel.
    mutating func write(_ frames: ByteBuffer, waiting: () -> Int) -> ByteBuffer {
        if isBehindChannel { isBehindChannel = waiting() > 0 }
        guard !isBehindChannel else { return frames }
        let sent = frames.withUnsafeReadableBytes {
            send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        // An error the channel meets too, and knows what to do.
        guard sent > 0 else { return frames }
        var rest = frames
        rest.moveReaderIndex(forwardBy: sent)
        return rest
    }
}
