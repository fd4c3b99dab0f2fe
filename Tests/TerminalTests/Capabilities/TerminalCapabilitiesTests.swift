import Testing

@testable import Terminal

@Suite("What a terminal can show")
struct TerminalCapabilitiesTests {
    @Test(
        "depends on its type, its description and NO_COLOR",
        arguments: [
            (["TERM": "xterm-256color"], 256, .twoHundredFiftySix), (["TERM": "xterm"], 8, .sixteen),
            (["TERM": "xterm", "COLORTERM": "truecolor"], 8, .trueColor), (["TERM": "vt100"], -1, .none),
            (["TERM": "xterm-256color", "COLORTERM": "24bit"], 256, .trueColor),
            (["TERM": "xterm-direct"], 16_777_216, .trueColor),
            (["TERM": "xterm-direct", "NO_COLOR": "1"], nil, .none),
            (["TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": "1"], 8, .none),
            (["TERM": "screen-256color", "COLORTERM": "truecolor"], 256, .twoHundredFiftySix),
            (
                ["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/tmux-0/default,1,0"], 256,
                .trueColor
            ),
            (["TERM": "xterm", "COLORTERM": "yes"], 8, .sixteen),
            (["TERM": "xterm-256color", "NO_COLOR": "1"], 256, .none),
            (["TERM": "xterm-256color", "NO_COLOR": ""], 256, .twoHundredFiftySix), (["TERM": "dumb"], nil, .none),
            ([:], 256, .none), (["TERM": "foot"], nil, .sixteen),
        ] as [([String: String], Int?, TerminalCapabilities.Colors)])
    func colors(_ environment: [String: String], _ described: Int?, _ colors: TerminalCapabilities.Colors) {
        #expect(TerminalCapabilities.detect(environment: environment, terminfoColors: described).colors == colors)
    }

    @Test(
        "is Unicode when the locale that counts says UTF-8",
        arguments: [
            (["LANG": "es_AR.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "de_DE.UTF-8@euro"], true),
            (["LANG": "es_AR.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_CTYPE": "en_US.UTF-8"], true),
            (["LANG": "en_US.UTF-8", "LC_ALL": ""], true), (["LANG": "es_AR.ISO-8859-1"], false), ([:], false),
        ] as [([String: String], Bool)])
    func unicode(_ environment: [String: String], _ unicode: Bool) {
        #expect(TerminalCapabilities.detect(environment: environment).unicode == unicode)
    }

    @Test("is looked up under the type's own name first, then under common ones")
    func candidates() {
        #expect(TerminalType.candidates(["TERM": "xterm-256color"]) == ["xterm-256color", "xterm", "ansi", "vt100"])
        #expect(
            TerminalType.candidates(["TERM": "foot", "COLORTERM": "truecolor"]) == [
                "foot-256color", "foot", "xterm", "ansi", "vt100",
            ])
        #expect(TerminalType.candidates([:]) == ["xterm", "ansi", "vt100"])
    }
}
