import CHiredis
import NIOCore

/// One command for Redis: its name and its arguments, any bytes.
package struct RESPCommand: Sendable, Equatable {
    package private(set) var arguments: [RESPArgument]

    package init(_ arguments: [RESPArgument]) {
        self.arguments = arguments
    }

    package init(_ arguments: RESPArgument...) {
        self.init(arguments)
    }

    package init(_ name: RESPArgument, _ arguments: [String]) {
        self.init([name] + arguments.map { .text($0) })
    }

    /// Larger commands are refused before they are written, since Redis would close the connection over some sizes
    /// and a hung Redis would make us hold them.
    package static let maximumSize = 16 << 20

    /// The command as RESP, formatted by hiredis.
    package func encoded() throws(RedisError) -> ByteBuffer {
        let size = arguments.reduce(0) { $0 + $1.byteCount }
        guard size <= Self.maximumSize else { throw .commandTooLarge(size) }
        var flat = ByteBuffer()
        flat.reserveCapacity(size)
        var lengths: [Int] = []
        lengths.reserveCapacity(arguments.count)
        for argument in arguments { lengths.append(argument.write(into: &flat)) }
        guard let command = Self.format(flat, lengths: lengths) else { throw .outOfMemory }
        return command
    }

    /// - Parameter flat: all arguments, one behind the other.
    private static func format(_ flat: ByteBuffer, lengths: [Int]) -> ByteBuffer? {
        var command: UnsafeMutablePointer<CChar>?
        let size = flat.withUnsafeReadableBytes { bytes in
            // An empty buffer may have no address; hiredis wants one even for nothing.
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            var offset = 0
            let pointers = lengths.map { length in
                defer { offset += length }
                return start.map { $0 + offset }
            }
            return chiredis_command_format(&command, Int32(lengths.count), pointers, lengths)
        }
        guard let command, size >= 0 else { return nil }
        defer { chiredis_command_free(command) }
        return ByteBuffer(bytes: UnsafeRawBufferPointer(start: command, count: Int(size)))
    }
}

/// One argument of a command; a string literal is one.
package enum RESPArgument: Sendable, Equatable, ExpressibleByStringLiteral {
    case text(String)
    case bytes(ByteBuffer)

    package init(stringLiteral value: String) {
        self = .text(value)
    }

    package static func integer(_ value: Int64) -> RESPArgument { .text(String(value)) }

    var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .bytes(let buffer): buffer.readableBytes
        }
    }

    func write(into flat: inout ByteBuffer) -> Int {
        switch self {
        case .text(let text): flat.writeString(text)
        case .bytes(let buffer): flat.writeImmutableBuffer(buffer)
        }
    }
}
