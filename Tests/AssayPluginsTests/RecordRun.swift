import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Foundation

/// Small images with sidecars that are shown to the plugins of a folder of their own.
struct RecordRun {
  let folder: TemporaryFolder
  let plugins: RegistryFolder

  init(_ fixtures: String...) throws {
    folder = try TemporaryFolder()
    plugins = try RegistryFolder()
    for fixture in fixtures { try plugins.add(fixture) }
  }

  /// What one run came to.
  struct Result {
    var report: ValidationReport
    var profile: [UInt8]
    /// The rows as text.
    var text: String
    /// The rows, in source order.
    var rows: [Row]
  }

  /// Writes that many records below `set`: a small image, and a sidecar with its number `n` and, for some, a `trap`.
  @discardableResult
  func write(_ count: Int, traps: [Int: String] = [:], more: String = "") throws -> String {
    var members: [ArchiveForge.Member] = []
    for index in 0..<count {
      let name = String(repeating: "0", count: 3 - "\(index)".count) + "\(index)"
      let trap = traps[index].map { ", \"trap\": \"\($0)\"" } ?? ""
      let kind = index % 3 == 0 ? "png" : "jpg"
      members.append(.init("\(name).\(kind)", SmallSet.image(index, seed: 3)))
      members.append(.init("\(name).json", Array("{\"n\": \(index)\(trap)\(more)}".utf8)))
    }
    return try folder.write(members, to: "set")
  }

  /// Validates `set`, or another source, with a schema of these lines.
  func validate(
    _ schema: String, source: String = "set", workers: Int = 2,
    _ change: (inout ValidationRequest) -> Void = { _ in }
  ) throws -> Result {
    var options = IngestOptions(sources: try SourceArgument.parse([folder.path(source)]))
    options.workers = workers
    var request = ValidationRequest(ingest: options)
    request.schemaPath = try folder.write("assay: 1\n" + schema, to: "schema.yaml")
    request.plugins = PluginSearch(registry: plugins.registry)
    let rows = "rows-\(UUID().uuidString).jsonl"
    request.recordsPath = folder.path(rows)
    request.profiles = true
    change(&request)
    let (report, set) = try Validation(request).run()
    let text = try folder.text(rows)
    return Result(
      report: report, profile: set?.profile.encoded() ?? [], text: text,
      rows: try text.split(separator: "\n").map { try Row($0) })
  }

  /// What the schema is refused with.
  func refusal(_ schema: String) -> String {
    do {
      _ = try validate(schema)
      return "not refused"
    } catch {
      return "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  /// One row of `--records`.
  struct Row {
    var member: String
    var measurements: [String: Any]
    var findings: [[String: String]]
    private let object: [String: Any]

    init(_ line: Substring) throws {
      object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      member = object["member"] as? String ?? ""
      measurements = object["measurements"] as? [String: Any] ?? [:]
      findings = object["findings"] as? [[String: String]] ?? []
    }

    /// A number of the row itself, or of its measurements.
    func number(_ name: String) -> Double? { (object[name] ?? measurements[name]) as? Double }

    /// Whether the measurement is there and has no value.
    func isMissing(_ name: String) -> Bool { measurements[name] is NSNull }

    /// The codes of its findings.
    var codes: [String] { findings.compactMap { $0["code"] } }
  }
}
