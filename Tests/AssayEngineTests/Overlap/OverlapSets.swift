import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport

/// A training set and a test set with a manifest each, and what `compare` says they have in common.
struct OverlapSets {
  static let schema = """
    assay: 1
    fields: {patient_id: {type: string}}
    overlap:
      exact: 0
      near: {max: 0, radius: 6}
      turned: {max: 0, radius: 6}
      groups: {patient_id: 0}
    drift: off
    """

  let folder: TemporaryFolder
  /// Members and rows of both sides, by name.
  private(set) var sides: [String: [String]] = [:]

  init() throws { folder = try TemporaryFolder() }

  /// Adds an image of a patient to a side: `train` or `test`.
  mutating func add(_ bytes: [UInt8], _ name: String, patient: String, to side: String) throws {
    try folder.write(bytes, to: "\(side)/\(name)")
    sides[side, default: []].append("\(name),\(patient)")
  }

  /// Thirty pictures a side that have nothing to do with each other.
  mutating func addStrangers(_ count: Int = 30) throws {
    for number in 0..<count {
      try add(ForgedPicture(seed: UInt64(number)).jpeg(), "\(number).jpg", patient: "a\(number)", to: "train")
      try add(
        ForgedPicture(seed: UInt64(5000 + number)).jpeg(), "s\(number).jpg", patient: "b\(number)", to: "test"
      )
    }
  }

  /// The sources of a side: its images and the manifest of them.
  func sources(_ side: String) throws -> [String] {
    let rows = (["path,patient_id"] + (sides[side] ?? [])).joined(separator: "\n") + "\n"
    return [folder.path(side), try folder.write(rows, to: "\(side).csv")]
  }

  func report(
    reference: [String], current: [String], schema: String? = OverlapSets.schema, index: String? = nil,
    workers: Int = 2, indexMemory: Int = IngestOptions.standardIndexMemory, today: String? = nil
  ) throws -> OverlapReport {
    var ingest = IngestOptions(sources: [])
    ingest.workers = workers
    ingest.indexMemory = indexMemory
    var question = ComparisonQuestion(
      reference: try SetArgument(reference), current: [try SetArgument(current)], ingest: ingest,
      plugins: PluginSearch())
    question.schemaPath = try schema.map { try folder.write($0, to: "schema.yaml") }
    question.referenceIndexPath = index
    question.today = today
    let report = try ComparisonRun(question).run()
    guard let overlap = report.reports.first?.overlap else {
      preconditionFailure("every comparison looks for an overlap")
    }
    return overlap
  }

  /// Train against test.
  func report(schema: String? = OverlapSets.schema) throws -> OverlapReport {
    try report(reference: sources("train"), current: sources("test"), schema: schema)
  }
}

extension OverlapReport {
  /// Counts by word; what was not counted is not there.
  var counts: [String: Int] {
    Dictionary(
      uniqueKeysWithValues: findings.compactMap { finding in finding.count.map { (finding.kind.word, $0) } })
  }

  func finding(_ word: String) -> OverlapFinding? { findings.first { $0.kind.word == word } }

  /// Rules that fail, by id.
  var failures: [String] { results.filter { $0.verdict == .fail }.map(\.rule) }
}
