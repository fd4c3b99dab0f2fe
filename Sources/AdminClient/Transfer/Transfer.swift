import AdminAPI
import CCurl
import FleetModel
import Glibc

/// Takes what one exchange brings. Called on the engine's thread, from inside libcurl: it must not start or stop
/// transfers itself.
protocol TransferReceiver: AnyObject {
    /// - Throws: what makes the rest of the answer not worth having; the exchange then ends with that failure.
    func receive(_ bytes: UnsafeRawBufferPointer, status: Int) throws(TransferFailure)
    func learn(certificateEnds: UnixTime)
    /// The exchange is over; `failure` is nil when the whole answer has arrived.
    func finish(status: Int, failure: TransferFailure?)
}

extension TransferReceiver {
    /// The worker's certificate was good and lasts until then; told before the end, where there is one.
    func learn(certificateEnds: UnixTime) {}
}

/// One HTTP exchange with one worker.
final class Transfer {
    /// Whether the engine waits for its socket, or reads it only when the tick comes.
    enum Lane {
        case urgent
        case steady
    }

    let easy: CurlEasy
    let receiver: any TransferReceiver
    var lane = Lane.urgent
    /// The one libcurl last asked to have watched.
    var socket: Int32?
    private let endpoint: AdminEndpoint
    private let peer: PeerCheck?
    private var refusal: TransferFailure?

    init(_ request: AdminRequest, receiver: any TransferReceiver) throws {
        easy = try CurlEasy()
        self.receiver = receiver
        endpoint = request.endpoint
        peer =
            switch endpoint.address {
            case .unix: nil
            case .tls: PeerCheck(endpoint.worker)
            }
        try configure(request)
    }

    /// A body that arrives in pieces of more than this takes several reads.
    private static let bufferSize = 8 * 1024

    private func configure(_ request: AdminRequest) throws {
        try address(request)
        // A proxy named in the environment has no business between us and a worker.
        try easy.set(CURLOPT_PROXY, "")
        try easy.set(CURLOPT_NOSIGNAL, 1)
        try easy.set(CURLOPT_HTTP_VERSION, gad_curl_http_1_1)
        // A connection kept from before a worker's restart would fail in ways a fresh one does not.
        try easy.set(CURLOPT_FORBID_REUSE, 1)
        try easy.set(CURLOPT_BUFFERSIZE, Self.bufferSize)
        try easy.set(headers: request.headers)
        if let timeout = request.timeout {
            try easy.set(CURLOPT_TIMEOUT_MS, Int(timeout.wholeMilliseconds))
        }
        if request.method == .post { try easy.set(body: request.body) }
        // The engine keeps the transfer for as long as libcurl knows the handle.
        try easy.set(CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque())
        try easy.set(write: Self.writeCallback)
    }

    private func address(_ request: AdminRequest) throws {
        switch endpoint.address {
        case .unix(let path):
            try easy.set(CURLOPT_URL, "http://localhost" + request.path)
            try easy.set(CURLOPT_UNIX_SOCKET_PATH, path)
        case .tls(let url, let credentials):
            try easy.set(CURLOPT_URL, url + request.path)
            try easy.set(CURLOPT_CONNECTTIMEOUT_MS, Int(Self.connectTimeout.wholeMilliseconds))
            try peer?.secure(easy, with: credentials)
        }
    }

    /// A machine that is gone does not even refuse.
    private static let connectTimeout: Duration = .seconds(2)

    private static let writeCallback: curl_write_callback = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    /// - Returns: the count of bytes taken; any other count than that given makes libcurl end the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        do {
            try receiver.receive(bytes, status: status)
            return bytes.count
        } catch {
            refusal = error
            return bytes.isEmpty ? 1 : 0
        }
    }

    private var status: Int { easy.long(CURLINFO_RESPONSE_CODE) }

    func finish(_ code: CURLcode) {
        if let ends = peer?.certificateEnds { receiver.learn(certificateEnds: ends) }
        receiver.finish(status: status, failure: refusal ?? peer?.failure(code) ?? failure(code))
    }

    private func failure(_ code: CURLcode) -> TransferFailure? {
        switch code {
        case CURLE_OK: nil
        case CURLE_COULDNT_CONNECT:
            .connecting(errno: Int32(easy.long(CURLINFO_OS_ERRNO)), socketPath: endpoint.socketPath)
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR: .closed
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL: .notHTTP
        case CURLE_COULDNT_RESOLVE_HOST where endpoint.socketPath.utf8.count >= maximumUnixPathLength: .pathTooLong
        default: .other(String(cString: curl_easy_strerror(code)))
        }
    }
}

/// Bytes of `sockaddr_un.sun_path`, its terminator included.
let maximumUnixPathLength = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
