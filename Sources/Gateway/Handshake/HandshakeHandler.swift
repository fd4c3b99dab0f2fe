import FleetModel
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import WebSocket

/// Answers the first request of a connection: upgrades it, or answers and closes.
///
/// One request a connection is served, because load balancers and scrapers ask seldom and clients upgrade.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        case reading
        case answering
        case answered
    }

    /// How long a client may take to close after it was answered.
    private static let lingerTimeout = TimeAmount.seconds(2)

    private let services: HandshakeServices
    private let shard: LoopShard
    private let http: HTTPHandlers
    private var phase = Phase.reading
    private var head: HTTPRequestHead?
    private var deadline: Scheduled<Void>?

    init(services: HandshakeServices, shard: LoopShard, http: HTTPHandlers) {
        self.services = services
        self.shard = shard
        self.http = http
    }

    func channelActive(context: ChannelHandlerContext) {
        cut(context, after: TimeAmount(services.policy.limits.handshakeTimeout))
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        phase = .answered
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase == .reading else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            phase = .answering
            answer(head, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .handshakeFailed? = error as? NIOSSLError { shard.counters.tlsFailures += 1 }
        guard phase == .reading, let fault = error as? HTTPParserError else { return context.close(promise: nil) }
        phase = .answering
        refuse(fault == .headerOverflow ? .headersTooLarge : .badRequest("the request is not HTTP/1.1"), context)
    }

    private func cut(_ context: ChannelHandlerContext, after delay: TimeAmount) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { context.close(promise: nil) }
    }
}

// MARK: - Routes

extension HandshakeHandler {
    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let target = RequestTarget(head.uri)
        do throws(HandshakeRefusal) {
            switch target.path {
            case "/ws/connect": try connect(head, target, context)
            case "/ws/echo" where services.configuration.conformanceEcho:
                let request = try UpgradeRequest(head, negotiates: false)
                upgrade(request, Connection(purpose: .echo, identity: .anonymous, shard: shard), context)
            default: try answerPlainly(head, target.path, context)
            }
        } catch {
            refuse(error, context)
        }
    }

    private func connect(
        _ head: HTTPRequestHead, _ target: RequestTarget, _ context: ChannelHandlerContext
    ) throws(HandshakeRefusal) {
        let request = try UpgradeRequest(head, negotiates: true)
        let start = NIODeadline.now()
        try admit(head, at: start)
        let token = Self.bearerToken(head) ?? target["token"]
        let isReturning = target["previous"] != nil
        pauseReading(context)
        services.authenticator.identify(token, on: context.eventLoop) { [self] result in
            shard.counters.authLatency.record(Duration(.now() - start))
            finish(request, result, isReturning: isReturning, context)
        }
    }

    /// Everything that can be refused without looking at the token.
    private func admit(_ head: HTTPRequestHead, at now: NIODeadline) throws(HandshakeRefusal) {
        shard.counters.connectAttempts += 1
        let policy = services.policy
        guard !services.isRefusing else { throw .draining(retryAfter: services.retryAfter(policy)) }
        if let origin = head.headers["Origin"].first(where: { !policy.limits.admits(origin: $0) }) {
            throw .foreignOrigin(origin)
        }
        guard services.admits(policy.limits, at: now) else {
            throw .tooManyConnects(retryAfter: services.retryAfter(policy))
        }
    }

    private func finish(
        _ request: UpgradeRequest, _ result: Result<Identity, HandshakeRefusal>, isReturning: Bool,
        _ context: ChannelHandlerContext
    ) {
        guard phase == .answering else { return }
        switch result {
        case .success(let identity):
            let connection = Connection(purpose: .client, identity: identity, shard: shard)
            if isReturning { connection.countReturn() }
            upgrade(request, connection, context)
        case .failure(let refusal):
            refuse(refusal, context)
        }
    }

    private func answerPlainly(
        _ head: HTTPRequestHead, _ path: String, _ context: ChannelHandlerContext
    ) throws(HandshakeRefusal) {
        guard head.method == .GET || head.method == .HEAD else { throw .methodNotAllowed }
        let promise = context.eventLoop.makePromise(of: PlainResponse?.self)
        // Routes report on the whole worker, which takes asking every loop: a task a request, none a connection.
        promise.completeWithTask { [services] in await services.routes(path) }
        promise.futureResult.assumeIsolated().whenSuccess { [self] response in
            guard phase == .answering else { return }
            guard let response else { return refuse(.notFound, context) }
            respond(response, withBody: head.method == .GET, context)
        }
    }

    private static func bearerToken(_ head: HTTPRequestHead) -> String? {
        guard let value = head.headers.first(name: "Authorization") else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}

// MARK: - Answers

extension HandshakeHandler {
    private func upgrade(_ request: UpgradeRequest, _ connection: Connection, _ context: ChannelHandlerContext) {
        phase = .answered
        pauseReading(context)
        var headers: HTTPHeaders = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": request.accept,
        ]
        if let name = request.subprotocol { headers.add(name: "Sec-WebSocket-Protocol", value: name) }
        let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        handOver(to: connection, context)
    }

    /// Leaves the connection as the channel's only handler. The decoder goes last: what it has read beyond the
    /// request belongs to the connection.
    private func handOver(to connection: Connection, _ context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            try pipeline.addHandler(connection)
        } catch {
            // The channel was closed meanwhile; there is nobody to serve.
            return context.close(promise: nil)
        }
        pipeline.removeHandler(http.encoder).assumeIsolated().whenFailure { _ in connection.cut() }
        pipeline.removeHandler(self).assumeIsolated().whenFailure { _ in connection.cut() }
        pipeline.removeHandler(http.decoder).assumeIsolated().whenComplete { [shard] result in
            guard case .success = result, connection.context != nil else { return connection.cut() }
            shard.attach(connection)
        }
    }

    private func refuse(_ refusal: HandshakeRefusal, _ context: ChannelHandlerContext) {
        count(refusal)
        let body = ByteBuffer(string: refusal.body)
        let response = PlainResponse(status: refusal.status, contentType: "application/json", body: body)
        respond(response, withBody: true, extra: refusal.headers, context)
    }

    private func count(_ refusal: HandshakeRefusal) {
        switch refusal {
        case .unauthorized: shard.counters.authFailures += 1
        case .draining: shard.counters.refused += 1
        case .tooManyConnects: shard.counters.refusedByRate += 1
        case .foreignOrigin: shard.counters.refusedByOrigin += 1
        case .badRequest, .notFound, .methodNotAllowed, .upgradeRequired, .headersTooLarge: break
        }
    }

    private func respond(
        _ response: PlainResponse, withBody: Bool, extra: [(String, String)] = [], _ context: ChannelHandlerContext
    ) {
        phase = .answered
        var headers = HTTPHeaders(extra)
        headers.add(name: "Content-Type", value: response.contentType)
        headers.add(name: "Content-Length", value: String(response.body.readableBytes))
        headers.add(name: "Connection", value: "close")
        let head = HTTPResponseHead(version: .http1_1, status: response.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if withBody { context.write(wrapOutboundOut(.body(.byteBuffer(response.body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    /// Lets the client read the answer: closing while it still sends would reset the connection under it.
    private func linger(_ context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        setReading(true, context)
        cut(context, after: Self.lingerTimeout)
    }

    private func pauseReading(_ context: ChannelHandlerContext) { setReading(false, context) }

    private func setReading(_ reading: Bool, _ context: ChannelHandlerContext) {
        // It fails on a closed channel only, and there nothing is left to read.
        try? context.channel.syncOptions?.setOption(.autoRead, value: reading)
    }
}
