import Glibc

/// Several descriptors that are waited for as one.
@MainActor
final class DescriptorGroup {
    /// Readable while one of them is.
    let descriptor: Int32
    private let isOwn: Bool

    /// - Throws: `CommandFailure` when the process may open no more files.
    init(_ members: [Int32]) throws {
        guard members.count > 1 else {
            (descriptor, isOwn) = (members.first ?? -1, false)
            return
        }
        let group = epoll_create1(Int32(EPOLL_CLOEXEC.rawValue))
        guard group >= 0 else { throw Self.failure }
        for member in members {
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            guard epoll_ctl(group, EPOLL_CTL_ADD, member, &event) == 0 else {
                let failure = Self.failure
                close(group)
                throw failure
            }
        }
        (descriptor, isOwn) = (group, true)
    }

    deinit {
        if isOwn { close(descriptor) }
    }

    private static var failure: CommandFailure {
        CommandFailure(.failed, "cannot wait for several fleets: \(String(cString: strerror(errno)))")
    }
}
