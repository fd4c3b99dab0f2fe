/// Takes secrets out of text that is going to be logged.
package enum Redaction {
    /// Replaces the value of every `token=` of a query by `REDACTED`.
    package static func withoutTokens(_ text: String) -> String {
        guard text.contains("token=") else { return text }
        return text.replacing(#/\btoken=[^&\s"']*/#, with: "token=REDACTED")
    }
}
