/// A colour as a terminal can be asked for it.
package enum TerminalColor: Hashable, Sendable {
    /// By its number: 0 to 15 are the terminal's own sixteen, the rest the fixed 256.
    case palette(UInt8)
    /// By its parts, on terminals with 16 million.
    case rgb(RGBColor)
}

/// A colour by its parts, in sRGB.
package struct RGBColor: Hashable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `0x87AFD7`.
    package init(hex: UInt32) {
        self.init(red: UInt8(hex >> 16 & 0xFF), green: UInt8(hex >> 8 & 0xFF), blue: UInt8(hex & 0xFF))
    }

    /// `#87afd7`; nil for anything else.
    package init?(_ text: String) {
        let digits = text.dropFirst()
        guard text.first == "#", digits.count == 6, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let value = UInt32(digits, radix: 16)
        else { return nil }
        self.init(hex: value)
    }
}

extension RGBColor {
    /// Of the fixed colours, 16 to 255 (xterm's 256colres.h); nil for the sixteen, which are each terminal's own.
    package init?(paletteIndex index: UInt8) {
        switch index {
        case 0..<16: return nil
        case 16..<232:
            let cube = Int(index) - 16
            self.init(
                red: Self.cubeLevels[cube / 36], green: Self.cubeLevels[cube / 6 % 6], blue: Self.cubeLevels[cube % 6])
        default:
            let grey = 8 + 10 * (index - 232)
            self.init(red: grey, green: grey, blue: grey)
        }
    }

    /// The number of the fixed colour that is nearest, by the sum of squares: what stands in on 256 colours.
    package var nearestPaletteIndex: UInt8 {
        var nearest = (index: UInt8(16), distance: Int.max)
        for index in UInt8(16)...255 {
            guard let candidate = RGBColor(paletteIndex: index) else { continue }
            let distance = squaredDistance(to: candidate)
            if distance < nearest.distance { nearest = (index, distance) }
        }
        return nearest.index
    }

    /// The number of the fixed colour that is exactly this one; nil when there is none.
    var paletteIndex: UInt8? {
        if let red = Self.cubeLevels.firstIndex(of: red), let green = Self.cubeLevels.firstIndex(of: green),
            let blue = Self.cubeLevels.firstIndex(of: blue)
        {
            return UInt8(16 + 36 * red + 6 * green + blue)
        }
        guard red == green, green == blue, red >= 8, red <= 238, (red - 8) % 10 == 0 else { return nil }
        return 232 + (red - 8) / 10
    }

    private static let cubeLevels: [UInt8] = [0, 95, 135, 175, 215, 255]

    private func squaredDistance(to other: RGBColor) -> Int {
        [(red, other.red), (green, other.green), (blue, other.blue)].reduce(0) { sum, pair in
            let difference = Int(pair.0) - Int(pair.1)
            return sum + difference * difference
        }
    }
}
