import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// Takes findings of a comparison for what they are: writes them into the schema, up to an effect and until a day.
package struct Acceptance: Sendable {
  /// The report that `compare --format json` printed.
  package var report: String
  /// What moved, as `FEATURE` or `FEATURE@SLICE`.
  package var findings: [String]
  package var schema: String
  package var until: String
  package var because: String
  /// Today as `YYYY-MM-DD`.
  package var today: String

  /// The largest report that is read. Unit: bytes.
  private static let mostBytes = 1 << 28

  package init(
    report: String, findings: [String], schema: String, until: String, because: String, today: String
  ) {
    self.report = report
    self.findings = findings
    self.schema = schema
    self.until = until
    self.because = because
    self.today = today
  }

  /// Writes the schema, and says in a few lines what is accepted now. Throws `ConfigurationError` with what is wrong, and
  /// with the lines to add by hand where the shape of the schema has no place for them; then nothing is written.
  package func run() throws -> String {
    try checkTerms()
    let moved = try readReport()
    let chosen = try findings.flatMap { try Self.scores(named: $0, in: moved, report) }
    let accepted = chosen.map { score in
      (score: score, drift: drift(score))
    }
    let lines = accepted.flatMap { $0.drift.yamlLines(remark: $0.score.movement) }
    try write(lines, accepted.map(\.drift))
    return accepted.map { line($0.score, $0.drift) }.joined() + others(moved, chosen)
  }

  private func drift(_ score: MovedScore) -> AcceptedDrift {
    AcceptedDrift(
      reference: score.reference, feature: score.feature, slice: score.slice, aspect: score.aspect,
      comparator: score.comparator,
      effect: score.acceptedEffect, until: until, because: because)
  }

  private func line(_ score: MovedScore, _ drift: AcceptedDrift) -> String {
    let aspect = drift.aspect == .values ? "" : " (\(drift.aspect.rawValue))"
    let reference = drift.reference.map { " against \(DisplayText.name($0))" } ?? ""
    return "\(schema): accepted until \(until): \(DisplayText.name(score.name))\(aspect)\(reference), "
      + "\(drift.comparator) \(drift.effect) (found \(DisplayNumber.text(score.statistic)))\n"
  }

  /// What moved of the same features in slices nobody named: these go on alarming.
  private func others(_ moved: [MovedScore], _ chosen: [MovedScore]) -> String {
    let features = Set(chosen.map(\.feature))
    let names = Set(chosen.map(\.name))
    let left = Set(moved.filter { features.contains($0.feature) }.map(\.name)).subtracting(names).sorted()
    return left.isEmpty ? "" : "not accepted: \(left.map(DisplayText.name).joined(separator: ", "))\n"
  }

  // MARK: What is asked

  private func checkTerms() throws {
    guard Timestamp.isDay(until) else {
      throw ConfigurationError("--until: expected a day such as 2026-12-31, found \"\(until)\"")
    }
    guard until >= today else {
      throw ConfigurationError("--until: \(until) is over, today is \(today): nothing would be accepted")
    }
    if because.allSatisfy(\.isWhitespace) {
      throw ConfigurationError("--because: expected the reason, found nothing")
    }
  }

  private func readReport() throws -> [MovedScore] {
    guard let bytes = WholeFile.bytes(report, atMost: Self.mostBytes) else {
      throw SourceError(source: report, reason: lastSystemError())
    }
    guard let value = try? JSONValue(parsing: bytes), let moved = MovedScore.all(in: value) else {
      throw ConfigurationError(
        "\(report): expected the report of `assay compare --format json` or `assay check --format json`")
    }
    return moved
  }

  private static func scores(named finding: String, in moved: [MovedScore], _ report: String) throws
    -> [MovedScore]
  {
    let scores = moved.filter { $0.name == finding }
    guard scores.isEmpty else { return scores }
    let names = Set(moved.map(\.name)).sorted()
    guard !names.isEmpty else { throw ConfigurationError("\(report): nothing alarmed or warned") }
    let hint = nearestWord(to: finding, among: names).map { "did you mean \"\($0)\"? " } ?? ""
    throw ConfigurationError(
      "\(report): \"\(finding)\" neither alarmed nor warned; \(hint)these did: "
        + names.joined(separator: ", "))
  }

  // MARK: The schema

  private func write(_ lines: [String], _ accepted: [AcceptedDrift]) throws {
    guard let bytes = WholeFile.bytes(schema, atMost: YAMLReader.byteLimit) else {
      throw SourceError(source: schema, reason: lastSystemError())
    }
    let old = try SchemaFile(path: schema)
    var insertion = SchemaInsertion(String(decoding: bytes, as: UTF8.self))
    guard let text = insertion.insert(lines, in: try YAMLReader.read(bytes, file: schema)),
      holds(text, accepted, besides: old)
    else { throw ConfigurationError(refusal(lines)) }
    // A link stays one, and what it leads to is written.
    let place = realpath(schema, nil)
    defer { free(place) }
    try AtomicFile.write(Array(text.utf8), to: place.map { String(cString: $0) } ?? schema)
  }

  /// Whether the text says what the schema said, and what is accepted now besides.
  private func holds(_ text: String, _ accepted: [AcceptedDrift], besides old: SchemaFile) -> Bool {
    let read: (String) -> [UInt8]? = { path in
      path == schema ? Array(text.utf8) : try? SchemaFile.contents(of: path)
    }
    guard let new = try? SchemaFile(path: schema, read: read) else { return false }
    return new.schema.drift.accepted == accepted + old.schema.drift.accepted
      && new.tree.withoutAccepted == old.tree.withoutAccepted
  }

  private func refusal(_ lines: [String]) -> String {
    "\(schema): its `drift` is not written in lines of its own, or is extended from another file, so nothing was "
      + "changed; add by hand:\n\n"
      + (["drift:", "  accepted:"] + lines.map { "    " + $0 }).joined(separator: "\n")
  }
}

extension YAMLTree {
  /// What a schema says without the drifts that are accepted, and without places.
  fileprivate var withoutAccepted: YAMLTree {
    guard let entries = mapping else { return withoutPlaces }
    let rest = entries.compactMap { entry -> Entry? in
      guard entry.key == "drift" else { return entry }
      let others = entry.value.mapping?.filter { $0.key != "accepted" }
      if others?.isEmpty ?? entry.value.isNull { return nil }
      var drift = entry
      if let others { drift.value.content = .mapping(others) }
      return drift
    }
    return YAMLTree(position: position, content: .mapping(rest)).withoutPlaces
  }

  private var withoutPlaces: YAMLTree {
    let nowhere = SourcePosition(file: "")
    switch content {
    case .scalar(var scalar):
      (scalar.start, scalar.isVerbatim) = (nowhere, false)
      return YAMLTree(position: nowhere, content: .scalar(scalar))
    case .sequence(let items):
      return YAMLTree(position: nowhere, content: .sequence(items.map(\.withoutPlaces)))
    case .mapping(let entries):
      let plain = entries.map { Entry(key: $0.key, keyPosition: nowhere, value: $0.value.withoutPlaces) }
      return YAMLTree(position: nowhere, content: .mapping(plain))
    }
  }
}
