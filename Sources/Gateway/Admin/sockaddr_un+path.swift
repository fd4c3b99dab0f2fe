import Glibc

extension sockaddr_un {
    /// - Parameter path: at most 107 bytes; the caller has checked.
    init(path: String) {
        self.init()
        sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    }
}
