import Testing

@testable import WebSocket

@Suite("UTF-8 as it arrives")
struct UTF8ValidatorTests {
    @Test("every scalar is taken, cut at any byte")
    func scalars() {
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 97) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            for cut in 0...bytes.count {
                var validator = UTF8Validator()
                #expect(feed(&validator, bytes[..<cut]) && feed(&validator, bytes[cut...]) && validator.isComplete)
            }
        }
    }

    @Test(
        "what is not UTF-8 fails at the first byte that cannot be right",
        arguments: [
            ([0x80], 0), ([0xC0, 0x80], 0), ([0xC1], 0), ([0xE0, 0x9F, 0xBF], 1), ([0xED, 0xA0, 0x80], 1),
            ([0xF0, 0x8F, 0xBF, 0xBF], 1), ([0xF4, 0x90, 0x80, 0x80], 1), ([0xF5], 0), ([0xFF], 0),
            ([0xE2, 0x82, 0x41], 2), ([0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0xFE], 9),
        ] as [([UInt8], Int)])
    func invalid(bytes: [UInt8], failing: Int) {
        var validator = UTF8Validator()
        #expect(feed(&validator, bytes[..<failing]))
        #expect(!feed(&validator, bytes[failing...failing]))
    }

    @Test("it judges random bytes as the standard library does")
    func agreesWithStandardLibrary() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...12)).map { _ in
                Bool.random()
                    ? UInt8.random(in: 0x78...0xFF, using: &random) : [0xE2, 0x82, 0xAC, 0x24].randomElement() ?? 0
            }
            let valid = String(validating: bytes, as: UTF8.self) != nil
            #expect(bytes.withUnsafeBytes(UTF8Validator.isValid) == valid, "\(bytes)")
        }
    }

    private func feed(_ validator: inout UTF8Validator, _ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBytes { validator.consume($0) }
    }
}
