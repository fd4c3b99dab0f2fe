package enum ShippedThemes { package static var bytes: [UInt8] { PackageResources.default_yaml } }
