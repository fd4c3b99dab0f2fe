import Glibc

/// What a gateway process sets for itself before it starts anything.
package enum ProcessSetup {
    /// A peer that went away is an error of the write, never a signal.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Lets the process open as many descriptors as the system allows it: every client is one.
    package static func raiseDescriptorLimit() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        // The limit stays as it was when the system refuses; samples show it.
        _ = setrlimit(resource, &limit)
    }

    /// Makes every socket file 0660 from its first moment.
    package static func keepFilesFromOthers() {
        umask(0o117)
    }

    /// Leaves Ctrl-C and hang-up, which reach every process of a terminal, to the supervisor.
    package static func leaveTerminalSignalsToSupervisor() {
        signal(SIGINT, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
    }
}
