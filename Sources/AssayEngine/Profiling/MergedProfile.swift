package import AssayCore

/// The profile of all parts, and what each of them brought.
package struct MergedProfile: Sendable {
  /// One of the profiles that were added.
  package struct Part: Sendable {
    package var path: String
    package var recordCount: Int64
  }

  package var profile: Profile
  package var parts: [Part]

  /// Parts that are named one by one; more are only counted.
  private static let mostNamed = 8

  /// The sum in one line: `week.json: 30 records = 10 (monday.json) + 20 (tuesday.json)`.
  package func line(for output: String) -> String {
    let sum = "\(output): \(counted(profile.recordCount, "record")) = "
    if parts.count > Self.mostNamed { return sum + "those of \(parts.count) profiles" }
    return sum + parts.map { "\($0.recordCount) (\($0.path))" }.joined(separator: " + ")
  }

  /// The sum for machines.
  package func jsonValue(output: String) -> JSONValue {
    [
      "assay_report": 1,
      "command": "merge",
      "output": .string(output),
      "records": .integer(profile.recordCount),
      "parts": .array(
        parts.map { ["profile": .string($0.path), "records": .integer($0.recordCount)] }),
    ]
  }
}
