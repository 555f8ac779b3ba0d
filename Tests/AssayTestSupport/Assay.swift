package import Foundation

/// The program as its users run it: the `assay` that was built beside the tests.
package enum Assay {
  /// What one run came to.
  package struct Run {
    /// The exit code.
    package var status: Int32
    package var output: String
    package var errors: String
  }

  /// The folder of the built products: `assay`, `assay-worker` and the plugins.
  package static let folder: URL = {
    // Under `swift test` the running executable is a helper of the toolchain, and the bundle is its argument.
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let path = bundle ?? (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
    return URL(fileURLWithPath: path).deletingLastPathComponent()
  }()

  /// Runs `assay` with these arguments to its end. `input` is its standard input; none unless given.
  package static func run(_ arguments: [String], input: Data = Data(), in directory: URL? = nil) throws -> Run
  {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
      "assay-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    // Files rather than pipes: nothing has to be read while the program runs.
    let files = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
    try input.write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = folder.appendingPathComponent("assay")
    process.arguments = arguments
    if let directory { process.currentDirectoryURL = directory }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    let texts = try files[1...].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Run(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}
