import Foundation
import Terminal

/// How colours look to people, in figures.
enum Sight {
    /// Light that is linear in its parts, from 0 to 1.
    typealias Light = SIMD3<Double>

    /// sRGB's curve undone (IEC 61966-2-1).
    static func light(_ color: RGBColor) -> Light {
        func linear(_ value: UInt8) -> Double {
            let part = Double(value) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return Light(linear(color.red), linear(color.green), linear(color.blue))
    }

    /// From 1 to 21 (WCAG 2.2, "contrast ratio").
    static func contrast(_ first: RGBColor, _ second: RGBColor) -> Double {
        let luminances = [first, second].map { (light($0) * Light(0.2126, 0.7152, 0.0722)).sum() }
        return (max(luminances[0], luminances[1]) + 0.05) / (min(luminances[0], luminances[1]) + 0.05)
    }

    /// Eyes without cones for red or green, at severity 1.0 (Machado, Oliveira and Fernandes, "A Physiologically-based
    /// Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009).
    enum Deficiency: CaseIterable {
        case protanopia, deuteranopia

        var rows: [Light] {
            switch self {
            case .protanopia:
                [
                    Light(0.152286, 1.052583, -0.204868), Light(0.114503, 0.786281, 0.099216),
                    Light(-0.003882, -0.048116, 1.051998),
                ]
            case .deuteranopia:
                [
                    Light(0.367322, 0.860646, -0.227968), Light(0.280085, 0.672501, 0.047413),
                    Light(-0.011820, 0.042940, 0.968881),
                ]
            }
        }

        func see(_ light: Light) -> Light {
            Light(
                (rows[0] * light).sum(), (rows[1] * light).sum(), (rows[2] * light).sum()
            ).clamped(lowerBound: .zero, upperBound: .one)
        }
    }

    /// How different two lights are: CIE 1976 ΔE, of which 2.3 can just be told.
    static func difference(_ first: Light, _ second: Light) -> Double {
        let distance = lab(first) - lab(second)
        return (distance * distance).sum().squareRoot()
    }

    /// CIE L*a*b* under D65.
    private static func lab(_ light: Light) -> SIMD3<Double> {
        func curve(_ value: Double) -> Double { value > 0.008856 ? cbrt(value) : 7.787 * value + 16 / 116 }
        let x = curve((light * Light(0.4124, 0.3576, 0.1805)).sum() / 0.9505)
        let y = curve((light * Light(0.2126, 0.7152, 0.0722)).sum())
        let z = curve((light * Light(0.0193, 0.1192, 0.9505)).sum() / 1.089)
        return SIMD3(116 * y - 16, 500 * (x - y), 200 * (y - z))
    }
}
