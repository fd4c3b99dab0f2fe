// swift-tools-version: 6.2
import PackageDescription

/// Shared by every target of ours: a missing `any` hides a cost, so it is spelled.
let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let tls: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let collections: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

func module(
    _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
    resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
        swiftSettings: strict)
}
func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "gadtop",
    products: [
        .executable(name: "gadtop", targets: ["gadtop"]),
        .executable(name: "gadgate", targets: ["gadgate"]),
        .executable(name: "gadload", targets: ["gadload"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CNcurses"),
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "COpenSSL"),

        module("FleetModel"),
        module(
            "AdminAPI", ["FleetModel", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.embedInCode("openapi.json")]),
        module("ControlPlane", ["FleetModel", "AdminAPI"]),
        module("Recording", ["FleetModel", "AdminAPI"], exclude: ["README.md"]),
        module("Telemetry", ["FleetModel", log]),
        module("Terminal", ["FleetModel", yaml]),
        module(
            "Themes", path: "Themes", ["FleetModel", "Terminal"], exclude: ["picture.py", "default.svg"],
            resources: ["default", "light", "high-contrast", "color-blind", "monochrome"].map {
                .embedInCode("\($0).yaml")
            }),
        module(
            "Console", ["FleetModel", "AdminAPI", "ControlPlane", "Terminal", "Recording"],
            exclude: ["Pictures", "README.md"]),

        module(
            "WebSocket",
            [.product(name: "NIOCore", package: "swift-nio"), .product(name: "Crypto", package: "swift-crypto")],
            exclude: ["README.md"]),
        module(
            "Redis", ["FleetModel", "CHiredis", log, collections, tls] + nio,
            resources: [
                "Streams/publish", "Streams/position", "Streams/entries", "Audit/audit",
                "Operations/operation_start", "Operations/operation_report", "Operations/operation_cancel",
                "Operations/operation_takeover", "Operations/safety_set", "Throttles/throttles",
            ].map { .embedInCode("\($0).lua") }),
        module("AdminClient", ["FleetModel", "AdminAPI", "CCurl", "COpenSSL"]),
        module("CursesTerminal", ["Terminal", "CNcurses"]),

        module(
            "Gateway",
            [
                "FleetModel", "AdminAPI", "Telemetry", "WebSocket", log, collections, lifecycle, subprocess, tls,
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ] + nio,
            exclude: ["Access/README.md", "Backplane/README.md", "Handshake/README.md", "Resilience/README.md"]),
        module(
            "GadgateCLI",
            [
                "Gateway", "Redis", "FleetModel", "AdminAPI", "Telemetry", arguments, yaml, log,
                .product(name: "NIOCore", package: "swift-nio"),
            ], exclude: ["README.md"]),
        module(
            "LoadGenerator",
            ["FleetModel", "Redis", "WebSocket", log, subprocess, tls] + nio),
        module(
            "GadloadCLI",
            [
                "LoadGenerator", "FleetModel", "Redis", "Telemetry", arguments, log,
                .product(name: "JWTKit", package: "jwt-kit"),
            ]),
        module(
            "GadtopCLI",
            [
                "FleetModel", "AdminAPI", "AdminClient", "ControlPlane", "Console", "Recording", "Terminal",
                "CursesTerminal", "Themes", "Redis", arguments, yaml, log,
                .product(name: "NIOCore", package: "swift-nio"),
            ]),

        executable("gadtop", ["GadtopCLI"]),
        executable("gadgate", ["GadgateCLI"]),
        executable("gadload", ["GadloadCLI"]),

        .target(
            name: "TestSupport",
            dependencies: ["FleetModel", "AdminAPI", "WebSocket", tls] + nio,
            path: "Tests/TestSupport", swiftSettings: strict),
        .executableTarget(
            name: "terminal-probe", dependencies: ["FleetModel", "Terminal", "CursesTerminal", "Themes"],
            path: "Tests/TerminalProbe", swiftSettings: strict),
        tests("FleetModelTests", ["FleetModel"]),
        tests("AdminAPITests", ["FleetModel", "AdminAPI"]),
        tests("WebSocketTests", ["WebSocket", .product(name: "NIOCore", package: "swift-nio")]),
        tests("TelemetryTests", ["Telemetry", "FleetModel", log]),
        tests(
            "GatewayTests",
            [
                "Gateway", "FleetModel", "AdminAPI", "Telemetry", "WebSocket", "TestSupport", log,
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "JWTKit", package: "jwt-kit"), tls,
            ] + nio),
        tests(
            "GadgateCLITests", ["GadgateCLI", "Gateway", "FleetModel", "AdminAPI", "Redis", "TestSupport", log] + nio),
        tests("RecordingTests", ["Recording", "AdminAPI", "FleetModel"]),
        tests("ControlPlaneTests", ["ControlPlane", "AdminAPI", "FleetModel"]),
        tests("TerminalTests", ["Terminal", "FleetModel"]),
        tests("ThemesTests", ["Terminal", "Themes"]),
        tests("CursesTerminalTests", ["terminal-probe"]),
        tests(
            "ConsoleTests", ["Console", "Terminal", "FleetModel", "AdminAPI", "ControlPlane", "Recording"],
            exclude: ["Snapshots"]),
        tests("RedisTests", ["Redis", "FleetModel", "TestSupport", log, collections] + nio),
        tests(
            "LoadGeneratorTests",
            ["LoadGenerator", "FleetModel", "WebSocket", .product(name: "NIOEmbedded", package: "swift-nio")] + nio),
        tests("GadloadCLITests", ["GadloadCLI", "LoadGenerator", .product(name: "JWTKit", package: "jwt-kit")]),
        tests("AdminClientTests", ["AdminClient", "AdminAPI", "FleetModel", "TestSupport"]),
        tests(
            "GadtopCLITests",
            [
                "GadtopCLI", "AdminAPI", "AdminClient", "FleetModel", "Redis", "TestSupport", "gadtop", "gadgate",
                "gadload",
            ],
            exclude: ["Snapshots"]),
        tests(
            "IntegrationTests",
            [
                "TestSupport", "FleetModel", "AdminAPI", "WebSocket", "gadgate", "gadload", "gadtop",
                .product(name: "JWTKit", package: "jwt-kit"), .product(name: "NIOCore", package: "swift-nio"),
            ]),
    ]
)
