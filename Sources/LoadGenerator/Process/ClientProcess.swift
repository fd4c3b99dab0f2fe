import FleetModel
import Foundation
import NIOCore
import NIOPosix

/// A client process from its first line of input to its end.
///
/// It reads its `ProcessPlan`, connects, tells its progress, and on `drain` waits until no message comes any more and
/// tells its receipts; on `leave` it closes its connections. On `storm` it drops those that its plan says. When its
/// input ends, whoever started it is gone, and it ends at once, so that no client outlives a run.
package struct ClientProcess: Sendable {
    /// What the run tells a client process, one a line.
    package enum Command: String, Sendable {
        case storm, drain, leave
    }

    private let mint: any TokenMint

    package init(mint: any TokenMint) {
        self.mint = mint
    }

    /// Serves standard input and output until told to leave.
    package func run() async throws {
        // The terminal sends its signals to the whole group; when to stop is for the run to say.
        for number in [SIGINT, SIGTERM, SIGPIPE] { signal(number, SIG_IGN) }
        OpenFiles.raiseLimit()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let pipes = try await NIOPipeBootstrap(group: group)
            .takingOwnershipOfDescriptors(input: STDIN_FILENO, output: STDOUT_FILENO) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await pipes.executeThenClose { input, output in
            try await serve(input, ReportWriter(output: output), on: group.next())
        }
        try await group.shutdownGracefully()
    }

    private func serve(
        _ input: NIOAsyncChannelInboundStream<ByteBuffer>, _ writer: ReportWriter, on loop: any EventLoop
    ) async throws {
        let (lines, source) = AsyncStream.makeStream(of: [UInt8].self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var splitter = LineSplitter()
                for try await bytes in input {
                    for line in splitter.lines(adding: bytes.readableBytesView) { source.yield(line) }
                }
                exit(0)
            }
            try await obey(lines, writer, on: loop)
            group.cancelAll()
        }
    }

    private func obey(
        _ lines: AsyncStream<[UInt8]>, _ writer: ReportWriter, on loop: any EventLoop
    ) async throws {
        var lines = lines.makeAsyncIterator()
        guard let first = await lines.next() else { return }
        let handle: FleetHandle
        do {
            handle = try await start(JSONDecoder().decode(ProcessPlan.self, from: Data(first)), on: loop)
        } catch {
            return try await writer.write(.failed("\(error)"))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await handle.tellProgress(writer) }
            while let line = await lines.next() {
                switch Command(rawValue: String(decoding: line, as: UTF8.self)) {
                case .storm: try await handle.storm()
                case .drain: try await handle.drain(writer)
                case .leave: return try await leave(handle, &group)
                case nil: return try await writer.write(.failed("an unknown command from the run"))
                }
            }
        }
    }

    private func start(_ plan: ProcessPlan, on loop: any EventLoop) async throws -> FleetHandle {
        let numbers = plan.firstClient..<(plan.firstClient + plan.clients)
        let tokens = try await mint.tokens(for: numbers, source: plan.token)
        return try await FleetHandle(plan: plan, tokens: tokens, loop: loop)
    }

    private func leave(_ handle: FleetHandle, _ group: inout ThrowingTaskGroup<Void, any Error>) async throws {
        group.cancelAll()
        try await handle.leave()
    }
}

/// Writes reports as lines of JSON.
struct ReportWriter: Sendable {
    let output: NIOAsyncChannelOutboundWriter<ByteBuffer>

    func write(_ report: ProcessReport) async throws {
        var line = ByteBuffer(bytes: try JSONEncoder().encode(report))
        line.writeInteger(UInt8(ascii: "\n"))
        try await output.write(line)
    }
}
