/// A schema in one environment: what workers evaluate on each record, and what is judged at the end.
package struct CompiledSchema: Sendable, Hashable, Codable {
  package var environment: String?
  package var recordRules: RecordRules
  package var setRules: [SetRule]
  /// The fields that metrics are measured from.
  package var roles: [Role: String]

  package init(
    environment: String? = nil, recordRules: RecordRules, setRules: [SetRule] = [],
    roles: [Role: String] = [:]
  ) {
    self.environment = environment
    self.recordRules = recordRules
    self.setRules = setRules
    self.roles = roles
  }
}

/// All that a worker needs to check a record: pure data, sent to it as JSON.
package struct RecordRules: Sendable, Hashable, Codable {
  /// A rule's place in this array is its index in `RuleStates`, `UniqueKey` and tallies.
  package var rules: [RecordRule]
  /// The images by name, the default one first.
  package var images: [ImageDeclaration]
  package var fields: [FieldDeclaration]
  package var measurements: [MeasuredFeature]
  package var slices: [SliceDeclaration]
  /// The plugins that every record is shown to, in the order they are asked.
  package var plugins: [PluginUse]

  package init(
    rules: [RecordRule], images: [ImageDeclaration], fields: [FieldDeclaration],
    measurements: [MeasuredFeature] = [], slices: [SliceDeclaration] = [], plugins: [PluginUse] = []
  ) {
    self.rules = rules
    self.images = images
    self.fields = fields
    self.measurements = measurements
    self.slices = slices
    self.plugins = plugins
  }

  /// Every name the rules may use.
  package var names: NameTable {
    NameTable(images: images.map(\.name), fields: fields, measurements: measurements)
  }

  /// The digests of the default image's bytes that some rule compares.
  package var checksums: Set<ChecksumAlgorithm> {
    Set(rules.compactMap { if case .checksum(let algorithm) = $0.check { algorithm } else { nil } })
  }
}

extension CompiledSchema {
  /// Its metrics, of which nothing is counted yet.
  package var emptyMetrics: MetricTallies {
    MetricTallies(
      metricChecks.filter { $0.metric.pairs == nil }, roles: roles, slices: recordRules.slices)
  }

  /// The field whose groups are to agree, that of the prediction, and the slices that are judged by themselves.
  package var stability: (pairs: String, prediction: String, slices: [SliceDeclaration])? {
    let checks = metricChecks.filter { $0.metric.pairs != nil }
    guard let pairs = checks.first?.metric.pairs, let prediction = roles[.prediction] else { return nil }
    return (pairs, prediction, checks.contains(where: \.needsSlices) ? recordRules.slices : [])
  }

  private var metricChecks: [MetricCheck] {
    setRules.compactMap { if case .metric(let check) = $0.check { check } else { nil } }
  }
}

extension Schema {
  /// The rules that hold in the environment, with the ones that hold without being written: corrupt, refused
  /// and unreadable images and malformed rows fail the set, unsupported ones warn, and an extension that lies is a warning.
  ///
  /// - Throws: if the schema does not declare the environment.
  package func compiled(for environment: String?) throws(SchemaError) -> CompiledSchema {
    if let environment, !environments.contains(environment) {
      let declared = environments.isEmpty ? "none is declared" : environments.joined(separator: ", ")
      throw SchemaError([
        SchemaIssue(
          SourcePosition(file: "--environment"),
          "unknown environment \"\(environment)\"; expected one of: \(declared)",
          suggestion: nearestWord(to: environment, among: environments))
      ])
    }
    return CompiledSchema(
      environment: environment,
      recordRules: RecordRules(
        rules: (recordRules + impliedRecordRules).filter { $0.terms.hold(in: environment) },
        images: images, fields: fields, measurements: measurements, slices: slices,
        plugins: plugins.filter { $0.terms.hold(in: environment) }),
      setRules: (setRules + impliedSetRules).filter { $0.terms.hold(in: environment) }, roles: roles)
  }

  /// The place of rules nobody wrote.
  private var unwritten: SourcePosition { SourcePosition(file: "built-in") }

  private var impliedRecordRules: [RecordRule] {
    images.compactMap { image in
      let subject = RuleSubject.feature(.image(image.name, .fileExtension))
      let isWritten = recordRules.contains { $0.check == .extensionMatch && $0.subject == subject }
      guard image.checksExtension, !isWritten else { return nil }
      return RecordRule(
        id: "images.\(image.name).extension_match", subject: subject, check: .extensionMatch,
        terms: RuleTerms(severity: .warn), position: unwritten)
    }
  }

  private var impliedSetRules: [SetRule] {
    let ofImages: [(RecordClass, Severity)] = [
      (.corrupt, .error), (.refused, .error), (.unreadable, .error), (.unsupported, .warn),
    ]
    let defaults = (images.isEmpty ? [] : ofImages) + [(.malformed, .error)]
    return defaults.compactMap { kind, severity in
      let isWritten = setRules.contains { rule in
        if case .records(kind, _) = rule.check { true } else { false }
      }
      guard !isWritten else { return nil }
      return SetRule(
        id: "records.\(kind.rawValue)", check: .records(kind, LimitBounds(max: Limit.none)),
        terms: RuleTerms(severity: severity), position: unwritten)
    }
  }
}
