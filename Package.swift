// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of ours is compiled with: imports stay internal unless said, existentials are
/// marked, and a member is visible only where its module is imported.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// C libraries, as Debian and Ubuntu package them.
let systemLibraries: [Target] = [
  .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
  .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
  .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
]

/// The first-party comparators: one folder below `Plugins/`, one shared object each, loaded like anybody's. (`Plugins/`
/// is also where SwiftPM keeps build-tool plugins; ours are ordinary targets with a `path:`.)
let comparators = [
  "ChiSquare", "CramerVonMises", "JensenShannon", "KolmogorovSmirnov", "KullbackLeibler",
  "MaximumMeanDiscrepancy", "NewAndMissing",
  "PopulationStability", "TotalVariation", "Wasserstein",
]

/// First-party measurements, built and loaded in the same way.
let measurements = ["Border"]

let pluginTargets: [Target] = (comparators + measurements).map {
  .target(
    name: $0, dependencies: ["CAssayPlugin"], path: "Plugins/\($0)", publicHeadersPath: ".",
    linkerSettings: [.linkedLibrary("m")])
}

/// Plugins that tests load: of every way to be wrong one, and examples written with the kit. Their names keep them out of
/// the search for plugins beside the executable.
let wrongPlugins = [
  "CrashingConstructor", "HangingConstructor", "Misbehaving", "NoEntry", "NullFunction", "OtherABI",
  "RecordProbe",
]

let pluginFixtures: [Target] =
  wrongPlugins.map {
    .target(
      name: $0, dependencies: ["CAssayPlugin"], path: "Tests/PluginFixtures/\($0)", publicHeadersPath: ".")
  } + [
    .target(
      name: "KitExample", dependencies: ["AssayPluginKit"], path: "Tests/PluginFixtures/KitExample",
      swiftSettings: strict)
  ]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// From the bottom up: what a target may import is what stands above it here.
let modules: [Target] = [
  .target(
    name: "CImageCodecs",
    linkerSettings: [
      .linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("deflate"),
    ]),
  .target(name: "CRegex", linkerSettings: [.linkedLibrary("re2")]),
  .target(name: "CLinux", linkerSettings: [.linkedLibrary("seccomp")]),
  .target(name: "CAssayPlugin"),
  .target(name: "AssayPluginKit", dependencies: ["CAssayPlugin"], swiftSettings: strict),
  .target(name: "AssayCore", swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
  .target(name: "AssayRules", dependencies: ["AssayCore", "CSQLite", "CRegex"], swiftSettings: strict),
  .target(name: "AssayChannel", dependencies: ["CLinux"], swiftSettings: strict),
  .target(
    name: "AssayIngest",
    dependencies: ["AssayChannel", "AssayCore", "AssayRules", "CArchive", "CImageCodecs", "CLinux", crypto],
    swiftSettings: strict),
  .target(
    name: "AssayPlugins", dependencies: ["AssayChannel", "AssayCore", "CAssayPlugin", "CLinux", crypto],
    swiftSettings: strict),
  .target(
    name: "AssayEngine",
    dependencies: [
      "AssayChannel", "AssayCore", "AssayIngest", "AssayPlugins", "AssayRules", "CDeflate", "CLinux",
      .product(name: "Yams", package: "Yams"),
    ],
    swiftSettings: strict),
  .executableTarget(
    name: "assay-worker", dependencies: ["AssayIngest", "AssayPlugins", "CLinux"], swiftSettings: strict),
  .executableTarget(
    name: "assay",
    dependencies: [
      "AssayChannel", "AssayCore", "AssayEngine", "AssayIngest", "AssayPlugins",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    swiftSettings: strict),
]

/// Tests, and the encoders they share with the demo.
let tests: [Target] = [
  .executableTarget(
    name: "assay-demo", dependencies: ["AssayTestSupport", "CImageForge", crypto], path: "Tests/Demo",
    exclude: ["run", "line-scans.yaml"], swiftSettings: strict),
  .target(name: "CImageForge", linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("deflate")]),
  .target(
    name: "AssayTestSupport", dependencies: ["AssayCore", "CArchive", "CImageForge"],
    path: "Tests/AssayTestSupport",
    swiftSettings: strict),
  // A worker that dies and hangs when a member's name says so.
  .executableTarget(
    name: "assay-faulty-worker", dependencies: ["AssayIngest", "CLinux"], path: "Tests/FaultyWorker",
    swiftSettings: strict),
  .testTarget(
    name: "AssayCoreTests", dependencies: ["AssayCore", "AssayTestSupport"], exclude: ["Vectors"],
    swiftSettings: strict),
  .testTarget(
    name: "CImageCodecsTests", dependencies: ["CImageCodecs", "AssayTestSupport"], swiftSettings: strict),
  .testTarget(
    name: "AssayRulesTests", dependencies: ["AssayCore", "AssayRules", "AssayTestSupport", "CSQLite"],
    swiftSettings: strict),
  .testTarget(
    name: "AssayEngineTests",
    dependencies: [
      "AssayChannel", "AssayCore", "AssayEngine", "AssayIngest", "AssayPlugins", "AssayRules",
      "AssayTestSupport", "CLinux",
    ],
    exclude: ["Golden"], swiftSettings: strict),
  .testTarget(
    name: "AssayPluginKitTests", dependencies: ["AssayPluginKit", "CAssayPlugin"], swiftSettings: strict),
  .testTarget(
    name: "AssayPluginsTests",
    dependencies: [
      "AssayChannel", "AssayCore", "AssayEngine", "AssayIngest", "AssayPlugins", "AssayTestSupport",
    ],
    swiftSettings: strict),
  .testTarget(
    name: "PluginConformanceTests",
    dependencies: ["AssayCore", "AssayEngine", "AssayIngest", "AssayPlugins", "AssayTestSupport"],
    swiftSettings: strict),
  .testTarget(
    name: "AssayIngestTests", dependencies: ["AssayIngest", "AssayTestSupport"], swiftSettings: strict),
  // They run the executables, which find worker and plugins beside them: `swift build --build-tests` builds all.
  .testTarget(
    name: "AssayEndToEndTests", dependencies: ["AssayTestSupport", "assay", "assay-worker"],
    exclude: ["Golden"],
    swiftSettings: strict),
]

let package = Package(
  name: "assay",
  products: [
    .executable(name: "assay", targets: ["assay"]),
    .executable(name: "assay-worker", targets: ["assay-worker"]),
    .library(name: "AssayPluginKit", targets: ["AssayPluginKit"]),
  ] + (comparators + measurements).map { .library(name: "AssayPlugin\($0)", type: .dynamic, targets: [$0]) }
    + (wrongPlugins + ["KitExample"]).map {
      .library(name: "AssayTestPlugin\($0)", type: .dynamic, targets: [$0])
    },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: systemLibraries + pluginTargets + pluginFixtures + modules + tests,
  cxxLanguageStandard: .cxx17
)
