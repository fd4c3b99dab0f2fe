import Glibc
import NIOCore

/// Local addresses to connect from, since one address has only some 28,000 ports to one server.
enum SourceAddress {
    /// 127.0.0.1 and the addresses after it; all of 127.0.0.0/8 is this machine.
    static func loopback(_ index: Int) -> SocketAddress? {
        let host = index + 1
        // The only way for this to fail is an address that is none, which an octet cannot make.
        return try? SocketAddress(ipAddress: "127.0.\(host >> 8 & 0xff).\(host & 0xff)", port: 0)
    }

    static func isLoopback(_ address: SocketAddress) -> Bool {
        address.ipAddress?.hasPrefix("127.") == true
    }

    /// IP_BIND_ADDRESS_NO_PORT: the port is chosen when the destination is known, so that each destination has all of
    /// them.
    static var lateBinding: ChannelOptions.Types.SocketOption {
        ChannelOptions.Types.SocketOption(
            level: .ip, name: NIOBSDSocket.Option(rawValue: CInt(IP_BIND_ADDRESS_NO_PORT)))
    }
}
