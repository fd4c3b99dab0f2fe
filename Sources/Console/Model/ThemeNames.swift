/// The themes that come with gadtop, by name, in the order in which a key goes through them.
package enum ThemeNames {
    package static let shipped = ["default", "light", "high-contrast", "color-blind", "monochrome"]
}
