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
  .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
]

let package = Package(
  name: "assay",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: systemLibraries + [
    .target(
      name: "CImageCodecs",
      linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("deflate")]),
    .target(name: "CRegex", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "AssayCore", swiftSettings: strict),
    .target(
      name: "AssayRules", dependencies: ["AssayCore", "CSQLite", "CRegex"], swiftSettings: strict),
    .target(
      name: "AssayEngine", dependencies: ["AssayCore", "AssayRules", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "AssayTestSupport", dependencies: ["AssayCore"],
      path: "Tests/AssayTestSupport", swiftSettings: strict),
    .testTarget(
      name: "AssayCoreTests", dependencies: ["AssayCore", "AssayTestSupport"],
      exclude: ["Vectors"], swiftSettings: strict),
    .testTarget(
      name: "AssayRulesTests", dependencies: ["AssayCore", "AssayRules", "AssayTestSupport", "CSQLite"],
      swiftSettings: strict),
    .testTarget(
      name: "AssayEngineTests", dependencies: ["AssayCore", "AssayEngine", "AssayRules", "AssayTestSupport"],
      swiftSettings: strict),
    .testTarget(name: "CImageCodecsTests", dependencies: ["CImageCodecs"], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
