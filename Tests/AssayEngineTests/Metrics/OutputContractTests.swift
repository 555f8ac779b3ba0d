import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

/// What a model promises of its outputs, held against every record.
struct OutputContractTests {
  private func report(_ schema: String, _ file: String, _ text: String) throws -> ValidationReport {
    let folder = try TemporaryFolder()
    let rows = try folder.write(text, to: file)
    var request = ValidationRequest(ingest: IngestOptions(sources: try SourceArgument.parse([rows])))
    request.schemaPath = try folder.write("assay: 1\n\(schema)\n", to: "schema.yaml")
    return try Validation(request).run().report
  }

  private static let fields = """
    fields:
      label: {type: string, values: [stop, yield]}
      pred: {type: string}
      conf: {type: number}
      a: {type: number}
      b: {type: number}
    roles: {label: label, prediction: pred, confidence: conf}
    outputs:

    """

  /// The codes found in one row, and what was found.
  private func findings(_ outputs: String, _ row: String) throws -> [String] {
    let report = try report(
      "\(Self.fields)  \(outputs)", "rows.csv", "label,pred,conf,a,b\n\(row)\nstop,stop,0.5,0.5,0.5\n")
    return report.counts.remarks.filter { $0.kind.code.hasPrefix("outputs.") }.flatMap { remark in
      remark.examples.map { "\(remark.kind.code): \($0.found)" }
    }
  }

  @Test(arguments: [
    ("prediction: {classes: [stop, go]}", "stop,yield,,,", ["outputs.class: yield"]),
    ("prediction: {classes: [stop, go]}", "yield,go,,,", []),
    ("prediction: {from: label}", "stop,go,,,", ["outputs.class: go"]),
    ("prediction: {from: label}", "stop,,,,", []),
    ("confidence: {min: 0, max: 1}", "stop,stop,97,,", ["outputs.range: 97"]),
    ("confidence: {min: 0, max: 1}", "stop,stop,1,,", []),
    ("probabilities: {fields: [a, b]}", "stop,stop,,0.7,0.3005", []),
    ("probabilities: {fields: [a, b]}", "stop,stop,,0.7,0.31", ["outputs.sum: the sum 1.01"]),
    ("probabilities: {fields: [a, b], tolerance: 0.1}", "stop,stop,,0.7,0.31", []),
    ("probabilities: {fields: [a, b]}", "stop,stop,,0.7,", ["outputs.sum: field.b is missing"]),
    (
      "probabilities: {fields: [a, b]}", "stop,stop,,1.5,-0.5",
      ["outputs.range: field.a has 1.5", "outputs.range: field.b has -0.5"]
    ),
    ("probabilities: {fields: [a, b]}", "stop,stop,,,", []),
    ("probabilities: {fields: [a, b], sums_to: 2}", "stop,stop,,1,1", ["outputs.sum: the sum 1"]),
  ])
  func aRecordIsHeldAgainstTheContract(outputs: String, row: String, expected: [String]) throws {
    #expect(try findings(outputs, row).sorted() == expected)
  }

  @Test(arguments: [("[0.2, 0.8]", 0), ("[0.2, 0.9]", 1), ("[1.2, -0.2]", 1), ("null", 0)])
  func aListOfProbabilitiesAddsUp(list: String, violated: Int) throws {
    let report = try report(
      "fields: {p: }\noutputs: {probabilities: {fields: p}}", "rows.jsonl", "{\"p\": \(list)}\n")
    #expect(report.rules.first { $0.rule == "outputs.probabilities" }?.violated == violated)
  }

  @Test func theContractHasTermsOfItsOwn() throws {
    let report = try report(
      "\(Self.fields)  {severity: warn, prediction: {classes: [go]}, confidence: {max: 0.4, allow: 100%}}",
      "rows.csv", "label,pred,conf,a,b\nstop,stop,0.5,0.5,0.5\n")
    let verdicts = report.rules.filter { $0.rule.hasPrefix("outputs.") }.map(\.verdict)
    #expect(verdicts == [.warn, .pass] && report.counts.rejected == 0)
  }
}
