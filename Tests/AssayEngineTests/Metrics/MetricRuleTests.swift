import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

/// Bounds on accuracy, confidence and corrections, from a table to the verdict.
struct MetricRuleTests {
  private static let schema = """
    assay: 1
    fields:
      id: {type: string}
      truth: {type: string}
      pred: {type: string}
      conf: {type: number}
      fixed: {type: boolean}
      camera: {type: string}
    manifest: {id: id}
    slices: [{by: camera}]
    roles: {id: id, label: truth, prediction: pred, confidence: conf, corrected: fixed}
    metrics:

    """

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Camera a is right 196 times of 200, camera b 160 times; 50 records wait for their label.
  private static func rows() -> [String] {
    (0..<450).map { index in
      let camera = index % 2 == 0 ? "a" : "b"
      let isRight = camera == "a" ? index >= 8 : index >= 80
      let truth = index >= 400 ? "" : isRight ? "stop" : "yield"
      let fixed = index < 300 ? (index < 12 ? "true" : "false") : ""
      return "\(index),\(truth),stop,\(index % 10 == 0 ? 0.5 : 0.95),\(fixed),\(camera)"
    }
  }

  private func report(_ metrics: String, rows: [String] = rows(), workers: Int = 2) throws -> ValidationReport
  {
    let table = ["id,truth,pred,conf,fixed,camera"] + rows
    return try report(
      metrics, source: try folder.write(table.joined(separator: "\n") + "\n", to: "rows.csv"), workers)
  }

  private func report(_ metrics: String, source: String, _ workers: Int = 2) throws -> ValidationReport {
    var options = IngestOptions(sources: try SourceArgument.parse([source]))
    options.workers = workers
    var request = ValidationRequest(ingest: options)
    request.schemaPath = try folder.write("\(Self.schema)  \(metrics)\n", to: "schema.yaml")
    request.recordsPath = folder.path("records.jsonl")
    return try Validation(request).run().report
  }

  private func result(_ metrics: String, _ id: String) throws -> RuleResult {
    try #require(try report(metrics).rules.first { $0.rule == id })
  }

  @Test(arguments: [
    ("accuracy: {min: 85%}", "metrics.accuracy", Verdict.pass),
    ("accuracy: {min: 88%}", "metrics.accuracy", .fail),
    ("accuracy: {min: 70%, by: slices}", "metrics.accuracy.slices", .pass),
    ("accuracy: {min: 85%, by: slices}", "metrics.accuracy.slices", .fail),
    ("accuracy: {min: 85%, by: slices, min_records: 201}", "metrics.accuracy.slices", .fail),
    ("accuracy: {gap: {max: 20%}}", "metrics.accuracy.gap", .pass),
    ("accuracy: {gap: {max: 15%}, severity: warn}", "metrics.accuracy.gap", .warn),
    ("confident: {min: 85%, above: 0.95}", "metrics.confident", .pass),
    ("confident: {min: 85%, above: 0.96}", "metrics.confident", .fail),
    ("correction_rate: {max: 7%}", "metrics.correction_rate", .pass),
    ("correction_rate: {max: 5%}", "metrics.correction_rate", .fail),
    ("calibration: {max: 0.2}", "metrics.calibration", .pass),
    ("calibration: {max: 0.05}", "metrics.calibration", .fail),
    ("calibration: {gap: {max: 0.25}}", "metrics.calibration.gap", .pass),
    ("calibration: {gap: {max: 0.05}}", "metrics.calibration.gap", .fail),
  ])
  func aBoundIsJudged(metrics: String, id: String, expected: Verdict) throws {
    let result = try result(metrics, id)
    #expect(result.verdict == expected, "\(result.found)")
  }

  /// 100 groups of two and three, of which so many disagree, one record by itself and one without a group.
  private static func pairs(disagreeing: Int) -> [String] {
    (0..<100).flatMap { group in
      (0..<(group % 2 + 2)).map { copy in
        "\(group)-\(copy),\(group),\(copy == 1 && group < disagreeing ? "yield" : "stop"),,,"
      }
    } + ["alone,alone,stop,,,", "none,,stop,,,"]
  }

  @Test(arguments: [(2, Verdict.pass), (10, .fail)])
  func groupsOfRecordsAgree(disagreeing: Int, expected: Verdict) throws {
    let rows = Self.pairs(disagreeing: disagreeing)
    let metrics = "stability: {pairs: truth, agree: {min: 90%}}"
    for rows in [rows, rows.reversed()] {
      let rules = try report(metrics, rows: rows).rules
      let result = try #require(rules.first { $0.rule == "metrics.stability" })
      #expect(result.verdict == expected)
      #expect(result.found.hasPrefix("\(100 - disagreeing) of 100 "), "\(result.found)")
      #expect(result.found.hasSuffix("1 pending, 1 without a prediction and a pair"))
    }
  }

  /// Cameras a and b with 100 groups of two each, of which 2 and 30 disagree; of 10 more the copies are of both cameras.
  private static let pairsByCamera = (0..<210).flatMap { group in
    (0..<2).map { copy in
      let (camera, most) = group < 100 ? ("a", 2) : group < 200 ? ("b", 130) : (copy == 0 ? "a" : "b", 0)
      return "\(group)-\(copy),\(group),\(copy == 1 && group < most ? "yield" : "stop"),,,\(camera)"
    }
  }

  @Test(arguments: [
    (
      "agree: {min: 80%}, by: slices", "slices",
      "1 of 2 slices violate it: camera=b 70 of 100 (70%), 60.42% to "
        + "78.11%, 10 pending"
    ),
    (
      "gap: {max: 20%}", "gap",
      "28% between camera=a 98 of 100 (98%), 93% to 99.45%, 10 pending; camera=b 70 of "
        + "100 (70%), 60.42% to 78.11%, 10 pending"
    ),
  ])
  func groupsAgreeBySlice(metrics: String, id: String, found: String) throws {
    for rows in [Self.pairsByCamera, Self.pairsByCamera.reversed()] {
      let rules = try report("stability: {pairs: truth, \(metrics)}", rows: rows).rules
      let result = try #require(rules.first { $0.rule == "metrics.stability.\(id)" })
      #expect(result.verdict == .fail && result.found == found, "\(result.found)")
    }
  }

  @Test func whatWaitsForALabelIsSaidAndNotCounted() throws {
    let result = try result("accuracy: {min: 85%}", "metrics.accuracy")
    #expect(result.found == "356 of 400 (89%), 85.55% to 91.7%, 50 pending")
  }

  @Test func withoutAnyLabelNothingIsJudged() throws {
    let rows = (0..<60).map { "\($0),,stop,0.9,,a" }
    let result = try #require(
      try report("accuracy: {min: 85%}", rows: rows).rules.first { $0.rule == "metrics.accuracy" })
    #expect(!result.isJudged && result.verdict == .fail)
    #expect(result.found == "not judged: 0 records, 60 pending: nothing to judge yet")
  }

  @Test func theReportSaysItForPeopleWhetherItHoldsOrNot() throws {
    let text = try report("accuracy: {min: 70%, by: slices}").text()
    #expect(text.contains("    accuracy               356 of 400 (89%), 85.55% to 91.7%, 50 pending\n"))
    #expect(text.contains("      camera=b             160 of 200 (80%), 73.91% to 84.95%, 25 pending\n"))
  }

  @Test func theReportSaysItForMachines() throws {
    let json = try report("accuracy: {min: 85%, by: slices}").jsonValue
    let rule = try #require(json["rules"]?.array?.first { $0["rule"]?.string == "metrics.accuracy.slices" })
    let figure = try #require(rule["figures"]?.array?.last)
    #expect(figure["slice"]?.string == "camera=b" && figure["state"]?.string == "violated")
    #expect(figure["hits"]?.integer == 160 && figure["counted"]?.integer == 200)
  }

  private static let all = """
    accuracy: {min: 85%, by: slices, gap: {max: 10%}}
      calibration: {max: 0.05, by: slices}
      correction_rate: {max: 5%, by: slices}
    """

  @Test(arguments: [1, 3])
  func noOrderOfRowsChangesAResult(workers: Int) throws {
    let inOrder = try report(Self.all).rules.map { "\($0.found) \($0.verdict)" }
    let reversed = try report(Self.all, rows: Self.rows().reversed(), workers: workers).rules
    #expect(reversed.map { "\($0.found) \($0.verdict)" } == inOrder)
  }

  @Test func recordsJudgedAgainGiveTheSameAnswers() throws {
    let first = try report(Self.all).rules.map { "\($0.found) \($0.verdict)" }
    try folder.write(try folder.text("records.jsonl"), to: "again.jsonl")
    let again = try report(Self.all, source: folder.path("again.jsonl")).rules
    #expect(again.map { "\($0.found) \($0.verdict)" } == first)
  }
}
