/// Reads lists of rules of which the first with a fitting prefix decides.
enum PrefixRules {
    /// More would be looked through for each room that is new to a worker.
    static let most = 1_000

    static func read<Rule>(
        _ value: FileValue, _ section: FileSection<Rule>, from standard: Rule, prefix: (Rule) -> String
    ) throws -> [Rule] {
        let items = try value.items(request: "give a list of rules, each with a prefix")
        guard items.count <= most else {
            throw value.place.refusal("\(items.count) rules are too many: at most \(most)")
        }
        var rules: [Rule] = []
        for item in items {
            var rule = standard
            try section.read(item, into: &rule)
            try refuseShadowed(prefix(rule), by: rules.map(prefix), at: item, of: value.place.key)
            rules.append(rule)
        }
        return rules
    }

    private static func refuseShadowed(
        _ prefix: String, by earlier: [String], at item: FileValue, of list: String
    ) throws {
        guard let index = earlier.firstIndex(where: prefix.hasPrefix) else { return }
        throw item.refusal(
            at: "prefix",
            words: "\"\(prefix)\" is never reached: \(list)[\(index)] with \"\(earlier[index])\" comes before it; "
                + "put the longer prefix first, or leave one out")
    }
}
