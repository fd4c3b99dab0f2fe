import FleetModel

/// Writes metrics in Prometheus' text format.
///
/// Source: "Exposition formats", text format 0.0.4, https://prometheus.io/docs/instrumenting/exposition_formats/
package struct PrometheusText: Sendable {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// One value of a metric, with the labels that tell it from the metric's other values.
    package struct Value: Sendable {
        package var labels: [Label]
        package var number: Double

        package init(_ number: Double, _ labels: Label...) {
            self.labels = labels
            self.number = number
        }

        package init(_ number: some BinaryInteger, _ labels: Label...) {
            self.labels = labels
            self.number = Double(number)
        }
    }

    package struct Label: Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var text = ""
    private let common: [Label]

    /// - Parameter common: labels that every value carries.
    package init(common: [Label] = []) {
        self.common = common
    }

    package mutating func counter(_ name: String, _ help: String, _ values: Value...) {
        write(name, help, .counter, values)
    }

    package mutating func gauge(_ name: String, _ help: String, _ values: Value...) {
        write(name, help, .gauge, values)
    }

    package mutating func write(_ name: String, _ help: String, _ kind: Kind, _ values: [Value]) {
        head(name, help, kind)
        for value in values {
            line(name, value.labels, value.number)
        }
    }

    /// Writes latencies in seconds, cumulative over `LatencyBounds.microseconds`.
    package mutating func histogram(_ name: String, _ help: String, _ series: [(labels: [Label], LatencyHistogram)]) {
        head(name, help, .histogram)
        for (labels, histogram) in series {
            for (bound, count) in LatencyBounds.cumulative(histogram) {
                line(name + "_bucket", labels + [Label("le", Self.number(Double(bound) / 1e6))], Double(count))
            }
            line(name + "_bucket", labels + [Label("le", "+Inf")], Double(histogram.count))
            line(name + "_sum", labels, Double(histogram.sumMicroseconds) / 1e6)
            line(name + "_count", labels, Double(histogram.count))
        }
    }

    private mutating func head(_ name: String, _ help: String, _ kind: Kind) {
        text += "# HELP \(name) \(Self.escapedHelp(help))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [Label], _ value: Double) {
        text += name + Self.labels(common + labels) + " " + Self.number(value) + "\n"
    }
}

extension PrometheusText {
    private static func labels(_ labels: [Label]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\"\(escapedLabel($0.value))\"" }.joined(separator: ",") + "}"
    }

    /// In a label's value, backslash, double quote and line feed are escaped.
    private static func escapedLabel(_ value: String) -> String {
        escaped(value) { $0 == "\"" ? "\\\"" : escapeInHelp($0) }
    }

    /// In help, backslash and line feed are escaped.
    private static func escapedHelp(_ text: String) -> String { escaped(text, by: escapeInHelp) }

    private static func escapeInHelp(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\\": "\\\\"
        case "\n": "\\n"
        default: nil
        }
    }

    /// By scalars: with a mark behind it, a quote is a character of its own.
    private static func escaped(_ text: String, by escape: (Unicode.Scalar) -> String?) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            result.unicodeScalars.append(contentsOf: (escape(scalar) ?? String(scalar)).unicodeScalars)
        }
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
}
