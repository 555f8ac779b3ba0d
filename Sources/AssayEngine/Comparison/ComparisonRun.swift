import AssayCore
import AssayIngest
import AssayPlugins

/// What `compare` is asked.
package struct ComparisonQuestion: Sendable {
  package var reference: SetArgument
  /// In order of time, at least one.
  package var current: [SetArgument]
  package var schemaPath: String?
  package var environment: String?
  package var ingest: IngestOptions
  package var plugins: PluginSearch
  /// Whether a side without records is no failure.
  package var allowsEmpty = false
  /// The index of a reference that is a profile.
  package var referenceIndexPath: String?
  /// Today as `YYYY-MM-DD`, to say which rules are out of date.
  package var today: String?

  package init(
    reference: SetArgument, current: [SetArgument], ingest: IngestOptions, plugins: PluginSearch
  ) {
    self.reference = reference
    self.current = current
    self.ingest = ingest
    self.plugins = plugins
  }
}

/// Answers "is this data still like the data we trained on?".
package struct ComparisonRun {
  private let question: ComparisonQuestion
  private let schema: RunSchema

  /// Reads the schema. Throws before any data is read.
  package init(_ question: ComparisonQuestion) throws {
    self.question = question
    schema = try RunSchema(
      path: question.schemaPath, environment: question.environment, plugins: question.plugins,
      isolation: question.ingest.isolation)
  }

  package func run() throws -> ComparisonSeries {
    for case .sources(let sources) in [question.reference] + question.current {
      try schema.imagePatterns.demandFolders(sources)
    }
    let host = try question.plugins.host(question.ingest.isolation)
    let comparison = try Comparison(
      host: host, plan: ComparisonPlan(schema.schema.drift, today: question.today))
    let overlap = try schema.overlap(
      indexPath: question.referenceIndexPath, question.ingest, today: question.today)
    let reference = try question.reference.profiled(
      question.ingest, schema: schema, overlap: overlap.referencePass(for: question.current))
    let current = try question.current.flatMap { argument in
      Self.sets(
        try argument.profiled(
          question.ingest, schema: schema, partition: reference.profile.configuration.partition,
          overlap: overlap.currentPass(reference, isOfSources: argument.isOfSources)),
        byWindow: question.current.count == 1 && comparison.plan.alarmOn != nil)
    }
    let reports = try current.map { set in
      var report = try Self.report(comparison, reference, set)
      report.add(try overlap.report(reference, set))
      report.allowsEmpty = question.allowsEmpty
      return report
    }
    var series = ComparisonSeries(reports, rule: comparison.plan.alarmOn ?? .any)
    series.looseCount = Self.looseCount(current)
    return series
  }

  /// Records of a set that was cut into windows and are in none of them.
  private static func looseCount(_ sets: [ProfiledSet]) -> Int64 { sets.reduce(0) { $0 &+ $1.looseCount } }

  /// The set, or its windows of time where they are to be judged one by one.
  static func sets(_ set: ProfiledSet, byWindow: Bool) -> [ProfiledSet] {
    let windows = byWindow ? set.profile.windows : []
    guard windows.count > 1 else { return [set] }
    var sets = windows.map { start, profile in
      ProfiledSet(name: "\(set.name) from \(Timestamp(seconds: start))", profile: profile)
    }
    sets[0].looseCount = set.profile.recordCount &- windows.reduce(0) { $0 &+ $1.profile.recordCount }
    return sets
  }

  /// Compares two sets under the names a user knows them by.
  static func report(
    _ comparison: Comparison, _ reference: ProfiledSet, _ current: ProfiledSet
  ) throws -> ComparisonReport {
    var notes: [String] = []
    let signatures = (
      reference.profile.configuration.decoderSignature, current.profile.configuration.decoderSignature
    )
    if signatures.0 != signatures.1 {
      notes.append("the two were decoded by decoders that differ (\(signatures.0) and \(signatures.1))")
    }
    if !comparison.plan.isOn { notes.append("the schema says `drift: off`: nothing was compared") }
    if reference.profile.recordCount > 0, reference.profile.fingerprint == current.profile.fingerprint {
      notes.append("both are of the same records")
    }
    if let isolation = comparison.isolation { notes.append("plugins: \(isolation)") }
    let scores = try comparison.scores(reference: reference.profile, current: current.profile)
    let strays = comparison.plan.accepted.filter { accepted in !scores.contains(where: accepted.isOf) }
    if !strays.isEmpty {
      let names = Set(strays.map { DriftScore.name($0.feature, in: $0.slice) }).sorted()
      notes.append("accepted in the schema, and not compared: \(names.joined(separator: ", "))")
    }
    var report = ComparisonReport(
      reference: ComparedSide(reference), current: ComparedSide(current), scores: scores,
      rate: comparison.plan.rate, notes: notes, incomplete: reference.incomplete + current.incomplete)
    // Of what is accepted the reason is known, and it did not stand still either.
    let open = scores.filter { !$0.isAccepted }
    report.diagnosis = DriftDiagnosis(open, reference.profile, current.profile)
    report.place = DriftPlace(open)
    report.examples = DriftExamples(report.diagnosis?.moved ?? [], reference, current)
    report.windows = comparison.windows(reference.profile, current.profile)
    return report
  }
}
