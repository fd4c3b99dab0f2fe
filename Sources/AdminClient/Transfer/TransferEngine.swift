import CCurl
import FleetModel
import Glibc

/// Performs HTTP exchanges over libcurl's multi interface, driven by the readiness of sockets.
///
/// Belongs to one thread. Exchanges under way wake it; streams that have settled do not, their sockets are read
/// together when the owner asks, so that a fleet at rest costs one wake-up a second however many workers it has.
final class TransferEngine {
    private let multi: UnsafeMutableRawPointer
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    /// What libcurl waits for on each socket, as `poll` events.
    private var sockets: [Int32: Int16] = [:]
    private var urgent: Set<Int32> = []
    private var timer: ContinuousClock.Instant?

    init() throws {
        CurlLibrary.prepare()
        guard let multi = curl_multi_init() else { throw CurlFailure(CURLE_OUT_OF_MEMORY) }
        self.multi = multi
        installCallbacks()
    }

    deinit {
        // libcurl closes sockets below, and must not tell an object that is going away.
        gad_curl_multi_set_socket(multi, nil)
        gad_curl_multi_set_timer(multi, nil)
        for handle in transfers.keys { curl_multi_remove_handle(multi, handle) }
        curl_multi_cleanup(multi)
    }

    func start(_ transfer: Transfer) {
        transfers[transfer.easy.handle] = transfer
        curl_multi_add_handle(multi, transfer.easy.handle)
    }

    /// Ends a transfer without telling its receiver.
    func abandon(_ transfer: Transfer) {
        guard transfers[transfer.easy.handle] != nil else { return }
        curl_multi_remove_handle(multi, transfer.easy.handle)
        transfers[transfer.easy.handle] = nil
    }

    /// From now on the transfer's socket is read by `readSteady()` only.
    func settle(_ transfer: Transfer) {
        transfer.lane = .steady
        if let socket = transfer.socket { urgent.remove(socket) }
    }

    /// Waits once, until a socket under way is ready, `wakeup` is readable or `deadline` is reached, and does what is
    /// due.
    func turn(wakeup: Int32, until deadline: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        let end = min(deadline, timer ?? deadline)
        var polled = urgent.map { pollfd(fd: $0, events: sockets[$0] ?? 0, revents: 0) }
        polled.append(pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0))
        let ready = poll(&polled, nfds_t(polled.count), now.millisecondsRoundedUp(to: end))
        if ready > 0 { act(on: polled.dropLast()) }
        expireTimer()
        finishCompleted()
    }

    /// Reads what has arrived on settled streams.
    ///
    /// Each socket once: a worker that never stops sending cannot hold the others up, and what is left is read the next
    /// time.
    func readSteady() {
        var polled = sockets.compactMap { socket, events in
            urgent.contains(socket) ? nil : pollfd(fd: socket, events: events, revents: 0)
        }
        if !polled.isEmpty, poll(&polled, nfds_t(polled.count), 0) > 0 { act(on: polled[...]) }
        finishCompleted()
    }

    private func act(on polled: ArraySlice<pollfd>) {
        for entry in polled where entry.revents != 0 {
            var running: Int32 = 0
            curl_multi_socket_action(multi, entry.fd, Self.curlEvents(entry.revents), &running)
        }
    }

    private func expireTimer() {
        guard let timer, timer <= .now else { return }
        self.timer = nil
        var running: Int32 = 0
        curl_multi_socket_action(multi, gad_curl_socket_timeout, 0, &running)
    }

    private func finishCompleted() {
        var queued: Int32 = 0
        while let message = curl_multi_info_read(multi, &queued) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            guard let transfer = transfers.removeValue(forKey: handle) else { continue }
            curl_multi_remove_handle(multi, handle)
            transfer.finish(code)
        }
    }

    private static func curlEvents(_ events: Int16) -> Int32 {
        var mask: Int32 = 0
        if events & Int16(POLLIN | POLLHUP) != 0 { mask |= CURL_CSELECT_IN }
        if events & Int16(POLLOUT) != 0 { mask |= CURL_CSELECT_OUT }
        if events & Int16(POLLERR | POLLNVAL) != 0 { mask |= CURL_CSELECT_ERR }
        return mask
    }
}

// MARK: - What libcurl asks for

extension TransferEngine {
    private func installCallbacks() {
        // The engine outlives the multi handle, which its deinit frees.
        let context = Unmanaged.passUnretained(self).toOpaque()
        gad_curl_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, context)
        gad_curl_multi_set_pointer(multi, CURLMOPT_TIMERDATA, context)
        gad_curl_multi_set_socket(multi) { easy, socket, what, context, _ in
            guard let easy, let context else { return 0 }
            Unmanaged<TransferEngine>.fromOpaque(context).takeUnretainedValue().watch(socket, of: easy, for: what)
            return 0
        }
        gad_curl_multi_set_timer(multi) { _, milliseconds, context in
            guard let context else { return 0 }
            Unmanaged<TransferEngine>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds)
            return 0
        }
    }

    private func watch(_ socket: Int32, of easy: UnsafeMutableRawPointer, for what: Int32) {
        guard what != CURL_POLL_REMOVE else {
            sockets[socket] = nil
            urgent.remove(socket)
            return
        }
        let events = (what & CURL_POLL_IN != 0 ? POLLIN : 0) | (what & CURL_POLL_OUT != 0 ? POLLOUT : 0)
        sockets[socket] = Int16(events)
        transfers[easy]?.socket = socket
        if transfers[easy]?.lane == .steady { urgent.remove(socket) } else { urgent.insert(socket) }
    }

    private func setTimer(_ milliseconds: Int) {
        timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    }
}

extension ContinuousClock.Instant {
    /// For `poll`: rounded up, so that waking too early does not make a loop spin.
    func millisecondsRoundedUp(to end: Self) -> Int32 {
        let microseconds = duration(to: end).wholeMicroseconds
        return Int32(clamping: max(0, (microseconds + 999) / 1000))
    }
}
