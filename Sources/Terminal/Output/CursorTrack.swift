/// Where the terminal's cursor is, and the shortest way to somewhere else (ECMA-48: CUP, CUU, CUD, CUF, CUB).
struct CursorTrack {
    private struct Place: Equatable {
        var x: Int
        var y: Int
    }

    /// Nil when it is not known: after the last column, or after a character that terminals measure differently.
    private var place: Place?

    mutating func forget() { place = nil }
    mutating func home() { place = Place(x: 0, y: 0) }
    mutating func advance(by columns: Int) { place?.x += columns }

    /// How far a place lies to the right in the cursor's own row; nil where it does not.
    func distance(toX x: Int, y: Int) -> Int? {
        guard let place, place.y == y, place.x <= x else { return nil }
        return x - place.x
    }

    mutating func move(toX x: Int, y: Int, _ bytes: inout [UInt8]) {
        let target = Place(x: x, y: y)
        guard place != target else { return }
        var shortest = Self.absolute(target)
        if let place {
            for way in [Self.straight(place, target), Self.fromLineStart(place, target)] {
                if let way, way.count < shortest.count { shortest = way }
            }
        }
        bytes += shortest
        place = target
    }

    private static func absolute(_ target: Place) -> [UInt8] {
        var bytes: [UInt8] = [0x1B, UInt8(ascii: "[")]
        if target != Place(x: 0, y: 0) { bytes.append(decimal: target.y + 1) }
        if target.x > 0 {
            bytes.append(UInt8(ascii: ";"))
            bytes.append(decimal: target.x + 1)
        }
        return bytes + [UInt8(ascii: "H")]
    }

    private static func straight(_ place: Place, _ target: Place) -> [UInt8] {
        let (down, right) = (target.y - place.y, target.x - place.x)
        let vertical = step(abs(down), down > 0 ? "B" : "A")
        if (-2 ... -1).contains(right) { return vertical + [UInt8](repeating: backspace, count: -right) }
        return vertical + step(abs(right), right > 0 ? "C" : "D")
    }

    /// Line feeds keep or reset the column, depending on the terminal's modes: at its first column it is the same.
    private static func fromLineStart(_ place: Place, _ target: Place) -> [UInt8]? {
        let down = target.y - place.y
        guard (0...3).contains(down) else { return nil }
        return [carriageReturn] + [UInt8](repeating: lineFeed, count: down) + step(target.x, "C")
    }

    private static func step(_ count: Int, _ direction: Unicode.Scalar) -> [UInt8] {
        guard count > 0 else { return [] }
        var bytes: [UInt8] = [0x1B, UInt8(ascii: "[")]
        if count > 1 { bytes.append(decimal: count) }
        return bytes + [UInt8(ascii: direction)]
    }

    private static let backspace: UInt8 = 0x08
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
}
