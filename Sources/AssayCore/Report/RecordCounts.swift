/// What became of the records of a run: integers that add up whatever the order.
///
/// *Merge law*: `merge` is commutative and associative except for examples, which are kept in source order.
package struct RecordCounts: Sendable, Hashable {
  package private(set) var accepted = 0
  package private(set) var rejected = 0
  /// Images by outcome, all images of all records.
  package private(set) var outcomes = [Int](repeating: 0, count: DecodeOutcome.allCases.count)
  /// Records by the outcome of their worst image.
  package private(set) var corruptRecords = 0
  package private(set) var unsupportedRecords = 0
  /// Records with a row or a sidecar that could not be read, whatever the schema.
  package private(set) var malformedRecords = 0
  /// What was said of records, by code, severity and subject, in the order it first came up.
  package private(set) var remarks: [RemarkCount] = []
  private var places: [RemarkKind: Int] = [:]
  /// How often a field came that the schema does not declare and that was not remarked on before.
  private var undeclaredCount = 0
  private static let mostUndeclared = 64

  package init() {}

  package var seen: Int { accepted + rejected }

  /// Adds one record, in source order.
  package mutating func observe(_ observation: Observation) {
    if observation.isRejected { rejected += 1 } else { accepted += 1 }
    for image in observation.images { observe(image, observation) }
    if observation.images.contains(where: { $0.outcome.isCorrupt }) { corruptRecords += 1 }
    if observation.images.contains(where: { $0.outcome == .unsupported }) { unsupportedRecords += 1 }
    if observation.findings.contains(where: { $0.rule.isEmpty && $0.severity == .error }) {
      malformedRecords += 1
    }
    for finding in observation.findings {
      let kind = RemarkKind(code: finding.code, severity: finding.severity, subject: finding.subject)
      note(kind, "\(finding.found)", observation.locator)
    }
    for name in observation.undeclaredFields { observe(undeclared: name, observation) }
  }

  private mutating func observe(undeclared name: String, _ observation: Observation) {
    let code = ReadingCode.undeclaredField.rawValue
    var kind = RemarkKind(code: code, severity: .info, subject: "field.\(name)")
    // Every row of JSON Lines may have names of its own.
    if places[kind] == nil {
      undeclaredCount += 1
      if undeclaredCount > Self.mostUndeclared { kind.subject = "other fields" }
    }
    note(kind, "the schema does not declare \"\(name)\"", observation.locator)
  }

  private mutating func observe(_ image: ImageObservation, _ observation: Observation) {
    outcomes[Int(image.outcome.rawValue)] += 1
    guard let reason = image.reason else { return }
    let severity: Severity = image.outcome == .ok ? .info : .error
    let code = image.outcome == .unsupported ? "\(reason) (\(image.formatName))" : reason
    note(
      RemarkKind(code: code, severity: severity, subject: image.name), image.detail ?? "", observation.locator
    )
  }

  private mutating func note(_ kind: RemarkKind, _ found: String, _ locator: Locator) {
    let place = places[kind] ?? remarks.count
    if place == remarks.count {
      places[kind] = place
      remarks.append(RemarkCount(kind: kind))
    }
    remarks[place].add(found, locator)
  }

  package func count(of outcome: DecodeOutcome) -> Int { outcomes[Int(outcome.rawValue)] }
}

extension ImageObservation {
  /// The recognised format, or `unknown`.
  package var formatName: String { features[BuiltinFeature.format.rawValue].text ?? "unknown" }
}

/// One kind of thing that is said of records.
package struct RemarkKind: Sendable, Hashable {
  package var code: String
  package var severity: Severity
  package var subject: String

  package init(code: String, severity: Severity, subject: String) {
    self.code = code
    self.severity = severity
    self.subject = subject
  }
}

/// How often one kind of thing was said, and where first.
package struct RemarkCount: Sendable, Hashable {
  package var kind: RemarkKind
  package private(set) var count = 0
  /// The first records it was said of, with what was found.
  package private(set) var examples: [Example] = []

  package struct Example: Sendable, Hashable {
    package var locator: Locator
    package var found: String
  }

  static let mostExamples = 5

  package init(kind: RemarkKind) { self.kind = kind }

  /// Counts one, and keeps it as an example if there is room.
  package mutating func add(_ found: String, _ locator: Locator) {
    count += 1
    if examples.count < Self.mostExamples { examples.append(Example(locator: locator, found: found)) }
  }
}
