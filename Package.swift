// swift-tools-version: 6.2
import PackageDescription

/// The same settings for every target of ours.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
  .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
  .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
  .enableUpcomingFeature("ImmutableWeakCaptures"),  // SE-0481
  .treatAllWarnings(as: .error),
]

let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "xaso",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CZeroMQ", path: "Shared/CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(name: "CCurl", path: "Shared/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CSodium", path: "Shared/CSodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CExpat", path: "Shared/CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZip", path: "Shared/CZip", providers: [.apt(["libzip-dev"])]),
    .target(name: "ZeroMQ", dependencies: ["CZeroMQ", heap], path: "Shared/ZeroMQ", swiftSettings: settings),
    .target(name: "Schema", path: "Shared/Schema", swiftSettings: settings),
    .target(name: "SampleMessages", dependencies: ["Schema"], path: "Shared/Testing", swiftSettings: settings),
    .target(
      name: "Units", dependencies: ["Schema"], path: "Shared/Units", resources: [.embedInCode("units.csv")],
      swiftSettings: settings),
    .target(
      name: "WorkingDays", dependencies: ["Schema"], path: "Shared/WorkingDays", resources: [.embedInCode("days.csv")],
      swiftSettings: settings),
    .target(
      name: "PlanDocuments", dependencies: ["CExpat", "CZip", "Schema", "Yams"], path: "Shared/PlanDocuments",
      resources: [
        .embedInCode("Names/indicators.csv"), .embedInCode("Names/offices.csv"), .embedInCode("Register/legal.csv"),
      ], swiftSettings: settings),
    .target(
      name: "Storage",
      dependencies: [
        "Schema", "CSodium", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ], path: "Shared/Storage", swiftSettings: settings),
    .target(
      name: "Bus", dependencies: ["Schema", "Storage", "ZeroMQ", log], path: "Shared/Bus", swiftSettings: settings),
    .target(
      name: "Service",
      dependencies: [
        "Bus", "Schema", "Storage", "ZeroMQ", "Yams", log, lifecycle, signals,
        .product(name: "Configuration", package: "swift-configuration"),
      ], path: "Shared/Service", swiftSettings: settings),
    .executableTarget(
      name: "xaso-plans",
      dependencies: ["Bus", "PlanDocuments", "Schema", "Service", "Storage", "Units", "WorkingDays", log],
      path: "Services/Plans", swiftSettings: settings),
    .executableTarget(
      name: "xaso-budget", dependencies: ["Bus", "Schema", "Service", "Storage", "WorkingDays", log],
      path: "Services/Budget", swiftSettings: settings),
    .executableTarget(
      name: "xaso-indicators",
      dependencies: ["Bus", "PlanDocuments", "Schema", "Service", "Storage", "WorkingDays", log],
      path: "Services/Indicators",
      swiftSettings: settings),
    .executableTarget(
      name: "xaso-notifications",
      dependencies: [
        "Bus", "CCurl", "CSodium", "Schema", "Service", "Storage", "WorkingDays", "Yams", log,
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ], path: "Services/Notifications",
      resources: [
        .embedInCode("Data/rules.yaml"), .embedInCode("Data/subject.vi.txt"), .embedInCode("Data/subject.en.txt"),
        .embedInCode("Data/letter.vi.txt"), .embedInCode("Data/letter.en.txt"), .embedInCode("Data/letter.vi.html"),
        .embedInCode("Data/letter.en.html"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "xaso-identity",
      dependencies: ["Bus", "CSodium", "Schema", "Service", "Storage", "Units", "WorkingDays", "ZeroMQ", log],
      path: "Services/Identity", swiftSettings: settings),
    .executableTarget(
      name: "xaso",
      dependencies: [
        "Bus", "PlanDocuments", "Schema", "Service", "Storage", "Units", "Yams", "ZeroMQ", arguments, log, lifecycle,
        signals,
      ], path: "Services/Gateway", swiftSettings: settings),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "Bus", "CZeroMQ", "Schema", "Service", "Storage", "Units", "ZeroMQ", log,
        .product(name: "GRDB", package: "GRDB.swift"),
      ], path: "Tests/Benchmarks", swiftSettings: settings),
    .target(name: "Seeds", path: "Tests/Seeds", swiftSettings: settings),
    .target(
      name: "MoneyModel", dependencies: ["Schema", "Seeds"], path: "Tests/MoneyModel", swiftSettings: settings),
    .testTarget(
      name: "StorageTests", dependencies: ["Schema", "Seeds", "Storage"], path: "Tests/Storage",
      swiftSettings: settings),
    .testTarget(
      name: "WorkingDaysTests", dependencies: ["Schema", "WorkingDays"], path: "Tests/WorkingDays",
      swiftSettings: settings),
    .testTarget(
      name: "IndicatorsTests", dependencies: ["Bus", "Schema", "Seeds", "Storage", "xaso-indicators"],
      path: "Tests/Indicators", swiftSettings: settings),
    .testTarget(name: "UnitsTests", dependencies: ["Schema", "Units"], path: "Tests/Units", swiftSettings: settings),
    .testTarget(
      name: "PlanDocumentsTests", dependencies: ["CZip", "PlanDocuments", "Schema", "Seeds", "Units"],
      path: "Tests/PlanDocuments", swiftSettings: settings),
    .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ"], path: "Tests/ZeroMQ", swiftSettings: settings),
    .testTarget(
      name: "SchemaTests", dependencies: ["SampleMessages", "Schema", "Seeds", "Yams"], path: "Tests/Schema",
      exclude: ["Golden"], swiftSettings: settings),
    .target(
      name: "Bench", dependencies: ["Bus", "Schema", "ZeroMQ", log], path: "Tests/Bench", swiftSettings: settings),
    .testTarget(
      name: "BusTests", dependencies: ["Bench", "Bus", "Schema", "Seeds", "Service", "Storage", "ZeroMQ", log],
      path: "Tests/Bus", swiftSettings: settings),
    .testTarget(
      name: "GatewayTests",
      dependencies: [
        "Bench", "Bus", "PlanDocuments", "SampleMessages", "Schema", "Service", "Storage", "ZeroMQ", "xaso",
        "xaso-budget",
        "xaso-indicators", "xaso-identity",
        "xaso-notifications", "xaso-plans", arguments, log, .product(name: "GRDB", package: "GRDB.swift"),
      ], path: "Tests/Gateway", swiftSettings: settings),
    .testTarget(
      name: "PlansTests",
      dependencies: ["Bus", "PlanDocuments", "Schema", "Seeds", "Storage", "WorkingDays", "xaso-plans"],
      path: "Tests/Plans", swiftSettings: settings),
    .testTarget(
      name: "NotificationsTests",
      dependencies: ["Bus", "SampleMessages", "Schema", "Seeds", "Storage", "WorkingDays", "xaso-notifications", log],
      path: "Tests/Notifications", exclude: ["Letters", "Peers"], swiftSettings: settings),
    .testTarget(
      name: "BudgetTests",
      dependencies: [
        "Bus", "MoneyModel", "PlanDocuments", "Schema", "Seeds", "Storage", "WorkingDays", "xaso-budget",
      ],
      path: "Tests/Budget", swiftSettings: settings),
    .testTarget(
      name: "IdentityTests", dependencies: ["Bus", "Schema", "Seeds", "Storage", "ZeroMQ", "xaso-identity"],
      path: "Tests/Identity", swiftSettings: settings),
    .testTarget(
      name: "DeployTests", dependencies: ["Bench", "Schema", "Service", "Yams", "xaso", arguments],
      path: "Tests/Deploy", swiftSettings: settings),
    .testTarget(
      name: "SystemTests",
      dependencies: [
        "Bus", "MoneyModel", "SampleMessages", "Schema", "Seeds", "Service", "Storage", "Units", "ZeroMQ", "xaso",
        "xaso-plans", "xaso-budget",
        "xaso-indicators", "xaso-identity",
        "xaso-notifications", .product(name: "GRDB", package: "GRDB.swift"),
      ], path: "Tests/System", exclude: ["Peers", "Preload", "Upgrade/Fixtures"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
