/// The checksum of IEEE 802.3, which notices every single wrong byte and every burst of up to 32 bits.
enum CRC32 {
    static func checksum(of bytes: some Sequence<UInt8>, seed: UInt32 = 0) -> UInt32 {
        ~bytes.reduce(~seed) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xff)] ^ (crc >> 8) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 != 0 ? 0xedb8_8320 ^ (crc >> 1) : crc >> 1 }
    }
}
