/// The themes that are part of the program: no file needs to be found before the first frame.
package enum ShippedThemes {
    /// One theme file, as it stands in this folder.
    package struct File: Sendable {
        package let name: String
        package let yaml: String
    }

    package static var standard: File { File(name: "default.yaml", PackageResources.default_yaml) }

    package static var all: [File] {
        [
            standard,
            File(name: "light.yaml", PackageResources.light_yaml),
            File(name: "high-contrast.yaml", PackageResources.high_contrast_yaml),
            File(name: "color-blind.yaml", PackageResources.color_blind_yaml),
            File(name: "monochrome.yaml", PackageResources.monochrome_yaml),
        ]
    }
}

extension ShippedThemes.File {
    fileprivate init(name: String, _ bytes: [UInt8]) {
        self.init(name: name, yaml: String(decoding: bytes, as: UTF8.self))
    }
}
