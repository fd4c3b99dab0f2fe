/// Where gadgate keeps its admin sockets when it is told nothing, and so where gadtop looks for them.
package enum StandardRunDirectory {
    /// - Parameter userID: the effective one, whose files those are that the process makes.
    package static func path(environment: [String: String], userID: UInt32) -> String {
        // The XDG specification asks that a relative path be ignored.
        if let runtime = environment["XDG_RUNTIME_DIR"], runtime.hasPrefix("/") { return runtime + "/gadgate" }
        return "/tmp/gadgate-\(userID)"
    }
}
