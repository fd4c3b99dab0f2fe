extension TerminalCapabilities {
    /// Finds what a terminal can show from what its environment says.
    ///
    /// - `NO_COLOR`, when not empty, turns colours off (no-color.org).
    /// - The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty decides on Unicode (POSIX.1-2017, 8.2).
    /// - `COLORTERM` of `truecolor` or `24bit`, or a `TERM` that ends in `-direct`, means 16 million colours; a `TERM`
    ///   that says `256color` means 256 at least.
    /// - Parameter terminfoColors: what the terminal's description says it has; nil when none was found.
    package static func detect(environment: [String: String], terminfoColors: Int? = nil) -> Self {
        Self(
            colors: colors(environment, terminfoColors),
            unicode: TerminalLocale.name(environment).map(TerminalLocale.isUTF8) ?? false)
    }

    private static func colors(_ environment: [String: String], _ terminfoColors: Int?) -> Colors {
        let type = environment["TERM"] ?? ""
        guard environment["NO_COLOR", default: ""].isEmpty, !type.isEmpty, type != "dumb" else { return .none }
        if TerminalType.promisesTrueColor(environment) { return .trueColor }
        if TerminalType.promises256Colors(environment) { return .twoHundredFiftySix }
        switch terminfoColors {
        case let colors? where colors >= 256: return .twoHundredFiftySix
        case let colors? where colors < 8: return .none
        case .some, nil: return .sixteen
        }
    }
}

/// The locale that says how text is encoded.
package enum TerminalLocale {
    package static func name(_ environment: [String: String]) -> String? {
        ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }

    /// `es_AR.UTF-8`, `C.utf8` and the like.
    package static func isUTF8(_ name: String) -> Bool {
        guard let dot = name.firstIndex(of: ".") else { return false }
        let codeset = name[name.index(after: dot)...].prefix { $0 != "@" }
        return ["utf-8", "utf8"].contains(codeset.lowercased())
    }
}

/// Which terminal descriptions to try.
package enum TerminalType {
    /// In the order to try them: what the environment names, with 256 colours where it promises them, then the three
    /// that nearly every system has and nearly every terminal understands.
    package static func candidates(_ environment: [String: String]) -> [String] {
        var candidates: [String] = []
        if let type = environment["TERM"], !type.isEmpty {
            if promises256Colors(environment), !type.contains("256color"), !type.contains("direct") {
                candidates.append("\(type)-256color")
            }
            candidates.append(type)
        }
        return candidates + ["xterm", "ansi", "vt100"].filter { !candidates.contains($0) }
    }

    static func promises256Colors(_ environment: [String: String]) -> Bool {
        namesTrueColor(environment) || environment["TERM"]?.contains("256color") ?? false
    }

    /// GNU screen hands the variable of the terminal around it down to its windows, and until 5.0 shows 256 colours at
    /// most; tmux, which takes the same `TERM`, turns what its own terminal does not have into the nearest it does.
    static func promisesTrueColor(_ environment: [String: String]) -> Bool {
        let type = environment["TERM"] ?? ""
        let isScreen = type.hasPrefix("screen") && environment["TMUX", default: ""].isEmpty
        return type.hasSuffix("-direct") || namesTrueColor(environment) && !isScreen
    }

    private static func namesTrueColor(_ environment: [String: String]) -> Bool {
        ["truecolor", "24bit"].contains(environment["COLORTERM"])
    }
}
