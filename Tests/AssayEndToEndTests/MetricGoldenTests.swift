import AssayTestSupport
import Foundation
import Testing

/// What `validate` prints, to the byte, of a model whose answers are in a table.
struct MetricGoldenTests {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  private static let schema = """
    assay: 1
    dataset: answers
    fields:
      key: {type: string}
      label: {type: string, values: [stop, yield, limit]}
      pred: {type: string}
      conf: {type: number}
      fixed: {type: boolean}
      camera: {type: string}
    manifest: {id: key}
    slices:
      - {by: camera}
      - {name: unsure, where: "conf < 0.6"}
    roles: {id: key, label: label, prediction: pred, confidence: conf, corrected: fixed}
    outputs:
      prediction: {from: label}
      confidence: {min: 0, max: 1}
    metrics:
      accuracy: {min: 90%, by: slices, gap: {max: 10%}}
      confident: {min: 60%, above: 0.8}
      correction_rate: {max: 2%, severity: warn}
    """

  /// Camera c is new and worse; of the last hundred no label is there yet; one answer is of another model.
  private static let rows = (0..<900).map { index in
    let camera = ["a", "b", "c"][index % 3]
    let isRight = index % (camera == "c" ? 6 : 40) != 2
    let label = index >= 800 ? "" : ["stop", "yield"][index % 2]
    let prediction = index == 7 ? "priority" : ["stop", "yield"][isRight ? index % 2 : (index + 1) % 2]
    let fixed = index < 500 ? (index % 60 == 2 ? "true" : "false") : ""
    let confidence = index == 11 ? "97" : index % 25 == 0 ? "0.55" : "0.95"
    return "\(index),\(label),\(prediction),\(confidence),\(fixed),\(camera)\n"
  }

  @Test func textOfMetrics() throws {
    let folder = try TemporaryFolder()
    try folder.write(text: "key,label,pred,conf,fixed,camera\n" + Self.rows.joined(), to: "answers.csv")
    try folder.write(text: Self.schema, to: "schema.yaml")
    let run = try Assay.run(["validate", "answers.csv", "--schema", "schema.yaml"], in: folder.url)
    #expect(run.status == 1)
    // What is in force depends on the kernel.
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.filter { !$0.hasPrefix("  workers") }.joined(separator: "\n")
    let path = Self.golden.appendingPathComponent("validate-metrics.txt").path
    #expect(Golden.mismatch(Array(text.utf8), path: path) == nil)
  }
}
