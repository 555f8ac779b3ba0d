package import AssayCore

/// What both sides of the process wall say in the same way of a record.
package enum RecordObservation {
  /// The observation of a record that no decoder lived to answer.
  package static func lost(_ item: WorkItem, outcome: DecodeOutcome, code: ReasonCode, detail: String)
    -> Observation
  {
    var observation = Observation(key: item.key, locator: item.locator)
    if item.isNamedByRow, let row = item.manifestRow { observation.key.append(.init(row: row.number)) }
    for case .image(let name) in item.parts.map(\.role) {
      observation.images.append(
        ImageObservation(name: name, outcome: outcome, reason: code.rawValue, detail: detail))
    }
    if observation.images.isEmpty {
      // A row has no image that could say it.
      observation.findings = [
        Finding(
          code: code.rawValue, severity: .error, subject: "record", expected: "a record that can be read",
          found: detail)
      ]
    }
    let contents = CanonicalRecord(
      images: observation.images.map { ($0.name, []) }, fields: [], order: FieldOrder())
    observation.recordDigest = contents.digest(key: observation.key)
    return observation
  }
}
