import AssayCore
import AssayEngine

/// What commands that write an artefact say of their run: text on standard error, JSON on standard output.
struct AccountsReport {
  let command: String
  let output: String
  let set: ProfiledSet
  /// What is to be looked at.
  var warnings: [String] = []

  /// Prints it. Throws `ExitStatus.incomplete` if a source was not read to its end.
  func print(as format: ReportFormat) throws {
    for line in set.incomplete { StandardError.write("assay: \(line)\n") }
    switch format {
    case .json: try StandardOutput.write(jsonValue.reportText)
    case .text:
      StandardError.write("\(output): \(counted(set.profile.recordCount, "record"))\n")
      for line in set.accounts?.lines ?? [] { StandardError.write("  \(line)\n") }
      for warning in warnings { StandardError.write("  warning  \(warning)\n") }
    }
    if !set.incomplete.isEmpty { throw ExitStatus.incomplete }
  }

  private var jsonValue: JSONValue {
    let head: [(name: String, value: JSONValue)] = [
      ("assay_report", 1), ("command", .string(command)), ("output", .string(output)),
      ("records", .integer(set.profile.recordCount)),
    ]
    let tail = [(name: "warnings", value: JSONValue.array(warnings.map { .string($0) }))]
    return .object(JSONObject(head + (set.accounts?.members ?? []) + tail))
  }
}
