import ArgumentParser
import LoadGenerator

extension TargetURL: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension RoomPopularity: ExpressibleByArgument {}

extension Dialect: ExpressibleByArgument {}

/// Things a second: `500` or `500/s`.
struct Rate: ExpressibleByArgument {
    let perSecond: Double

    init(_ perSecond: Double) {
        self.perSecond = perSecond
    }

    init?(argument: String) {
        let number = argument.hasSuffix("/s") ? String(argument.dropLast(2)) : argument
        guard let value = Double(number), value > 0, value <= Self.maximum else { return nil }
        perSecond = value
    }

    var defaultValueDescription: String { "\(Int(perSecond))" }

    private static let maximum = 1e6
}

/// A number, or `auto`.
enum AutoCount: ExpressibleByArgument {
    case auto
    case count(Int)

    init?(argument: String) {
        if argument == "auto" {
            self = .auto
        } else if let number = Int(argument) {
            self = .count(number)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { value.map(String.init) ?? "auto" }

    var value: Int? {
        switch self {
        case .auto: nil
        case .count(let count): count
        }
    }
}

enum PublishingPath: String, ExpressibleByArgument, CaseIterable {
    case redis, websocket, none
}

enum ReportForm: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
