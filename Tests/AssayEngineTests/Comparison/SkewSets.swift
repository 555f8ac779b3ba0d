import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport

/// The same records in two places, and what `compare --join` says of them.
struct SkewSets {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a table of rows, the first one with the names of the columns.
  func table(_ name: String, _ rows: [String]) throws -> String {
    try folder.write(rows.joined(separator: "\n") + "\n", to: "\(name).csv")
  }

  func run(
    reference: [String], current: [String], join: String? = "id", schema: String? = nil, workers: Int = 2,
    indexMemory: Int = IngestOptions.standardIndexMemory
  ) throws -> ComparisonReport {
    var ingest = IngestOptions(sources: [])
    ingest.workers = workers
    ingest.indexMemory = indexMemory
    var question = ComparisonQuestion(
      reference: try SetArgument(reference), current: [try SetArgument(current)], ingest: ingest,
      plugins: PluginSearch())
    question.schemaPath = try schema.map { try folder.write("assay: 1\n" + $0, to: "schema.yaml") }
    question.join = try join.map { try SkewJoin($0) }
    return try ComparisonRun(question).run().reports[0]
  }

  /// What two tables disagree in.
  func skew(
    _ reference: [String], _ current: [String], join: String = "id", schema: String? = nil
  ) throws -> SkewReport.Joined {
    let report = try run(
      reference: [table("train", reference)], current: [table("serve", current)], join: join, schema: schema)
    guard let joined = report.skew?.joined else { preconditionFailure("a join was asked for") }
    return joined
  }

  /// A rule over two tables of a hundred rows, of which the first `bad` disagree in `x`.
  func judged(_ skew: String, bad: Int, join: String? = "id") throws -> ComparisonReport {
    let rows = { (shift: Int) in ["id,x,y"] + (0..<100).map { "r\($0),\($0 < bad ? shift : 7),1" } }
    return try run(
      reference: [table("train", rows(1))], current: [table("serve", rows(2))], join: join,
      schema: "drift: {family_alpha: 0.001, skew: \(skew)}")
  }
}

extension SkewReport.Joined {
  func finding(_ feature: String) -> SkewFinding? { findings.first { $0.feature == feature } }

  /// Of each feature that disagrees, in how many records.
  var counts: [String: Int] {
    Dictionary(uniqueKeysWithValues: disagreeing.map { ($0.feature, $0.disagreeing) })
  }
}

extension SkewReport.Side {
  /// Whether all records are accounted for.
  func adds(to matched: Int) -> Bool { records == matched + unmatched + duplicates + withoutValue }
}
