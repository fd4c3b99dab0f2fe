import NIOCore
import NIOPosix
import NIOSSL

/// Makes the TCP or TLS connections of a process's clients.
struct Dialler {
    private let loop: any EventLoop
    private let targets: [TargetURL]
    private let sourceAddresses: Int
    private let firstStuck: Int
    private let readBuffer: Int
    private let addresses: [SocketAddress]
    private let tls: TLSClient?

    /// - Throws: `LoadRefusal` when a target's address cannot be found, or its certificate authority not be read.
    init(_ plan: ProcessPlan, loop: any EventLoop) throws {
        self.loop = loop
        targets = plan.targets
        sourceAddresses = plan.sourceAddresses
        firstStuck = plan.firstStuck
        readBuffer = min(max(Self.readMemory / max(1, plan.clients), 2_048), 65_536)
        addresses = try targets.map(Self.resolve)
        tls = try Self.tls(targets, certificateAuthority: plan.certificateAuthority)
    }

    /// For one connection to publish through.
    init(publisherTo target: TargetURL, certificateAuthority: String?, loop: any EventLoop) throws {
        self.loop = loop
        targets = [target]
        sourceAddresses = 0
        firstStuck = .max
        readBuffer = 65_536
        addresses = [try Self.resolve(target)]
        tls = try Self.tls(targets, certificateAuthority: certificateAuthority)
    }

    private static func tls(_ targets: [TargetURL], certificateAuthority: String?) throws -> TLSClient? {
        targets.contains(where: \.isSecure) ? try TLSClient(certificateAuthority: certificateAuthority) : nil
    }

    /// - Parameters:
    ///   - target: its index.
    ///   - number: the client's, which chooses the source address.
    ///   - onFailure: called when there is no TCP connection, with the reason in words.
    func dial(
        _ connection: some ChannelInboundHandler, to target: Int, number: Int,
        onFailure: @escaping (String) -> Void
    ) {
        let handler = NIOLoopBound(connection, eventLoop: loop)
        let tls = targets[target].isSecure ? tls : nil
        let host = targets[target].host
        bootstrap(to: target, number: number)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(tls.handler(for: host)) }
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
            .connect(to: addresses[target])
            .assumeIsolated()
            .whenFailure { onFailure(ConnectFailure.words(for: $0)) }
    }

    private func bootstrap(to target: Int, number: Int) -> ClientBootstrap {
        let isStuck = number >= firstStuck
        let size = isStuck ? Self.stuckReceiveBuffer : readBuffer
        var bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(ClientFleet.attemptLimit))
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: size))
            .channelOption(.maxMessagesPerRead, value: 1)
        if isStuck {
            let bytes = ChannelOptions.Types.SocketOption.Value(Self.stuckReceiveBuffer)
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: bytes)
        }
        guard sourceAddresses > 0, let source = SourceAddress.loopback(number % sourceAddresses),
            SourceAddress.isLoopback(addresses[target])
        else { return bootstrap }
        return bootstrap.channelOption(SourceAddress.lateBinding, value: 1).bind(to: source)
    }

    /// Bytes of read buffers for all clients together; a large buffer takes many messages in one system call.
    private static let readMemory = 64 << 20
    /// What the kernel may keep for a client that has stopped reading; it doubles this for its own needs.
    private static let stuckReceiveBuffer = 4_096

    private static func resolve(_ target: TargetURL) throws -> SocketAddress {
        do {
            return try SocketAddress.makeAddressResolvingHost(target.host, port: target.port)
        } catch {
            throw LoadRefusal.unresolvable(host: target.host, reason: "\(error)")
        }
    }
}
