extension ActForm {
    /// Takes a pasted text into the field that is typed into. The confirmation takes none: it is there to be typed.
    /// - Returns: false where there is no field to take it.
    mutating func insert(_ text: String, _ situation: ActSituation, isTerse: Bool) -> Bool {
        guard !isTerse, fields.indices.contains(focus) else { return false }
        insert(text, intoFieldAt: focus)
        replan(situation)
        return true
    }
}
