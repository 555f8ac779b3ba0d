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
  /// What makes a record of the one side the same as one of the other; nil where nobody is to match them.
  package var join: SkewJoin?
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
    if let join = question.join {
      try join.demand(of: [question.reference] + question.current)
      try join.demand(of: schema.schema)
    }
  }

  package func run() throws -> ComparisonSeries {
    for case .sources(let sources) in [question.reference] + question.current {
      try schema.imagePatterns.demandFolders(sources)
    }
    let host = try question.plugins.host(question.ingest.isolation)
    var plan = ComparisonPlan(schema.schema, today: question.today)
    if let join = question.join, join != .key { plan.identities[join.name] = .join }
    let comparison = try Comparison(host: host, plan: plan)
    let overlap = try schema.overlap(
      indexPath: question.referenceIndexPath, question.ingest, today: question.today)
    let skew = try schema.skew(
      question.join, indexMemory: question.ingest.indexMemory - overlap.takenMemory, today: question.today)
    let reference = try question.reference.profiled(
      question.ingest, schema: schema, overlap: overlap.referencePass(for: question.current),
      skew: skew.referencePass)
    let current = try question.current.flatMap { argument in
      Self.sets(
        try argument.profiled(
          question.ingest, schema: schema, partition: reference.profile.configuration.partition,
          overlap: overlap.currentPass(reference, isOfSources: argument.isOfSources),
          skew: skew.currentPass),
        byWindow: question.current.count == 1 && comparison.plan.alarmOn != nil)
    }
    let reports = try current.map { set in
      var report = try Self.report(comparison, reference, set)
      report.add(try overlap.report(reference, set))
      report.skew = try skew.report()
      report.allowsEmpty = question.allowsEmpty
      return report
    }
    return Self.series(reports, of: current, rule: comparison.plan.alarmOn)
  }

  /// The reports of sets as one series, with the records of a set that was cut into windows and are in none of them.
  static func series(_ reports: [ComparisonReport], of sets: [ProfiledSet], rule: AlarmRule?)
    -> ComparisonSeries
  {
    ComparisonSeries(reports, rule: rule ?? .any, looseCount: sets.reduce(0) { $0 &+ $1.looseCount })
  }

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
    notes += timeNotes(reference.profile, current.profile)
    if let note = comparison.plan.identityNote(reference.profile, current.profile) { notes.append(note) }
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
    report.correction = comparison.plan.correction
    // Of what is accepted the reason is known, and it did not stand still either.
    let open = scores.filter { !$0.isAccepted }
    report.diagnosis = DriftDiagnosis(open, reference.profile, current.profile)
    report.place = DriftPlace(open)
    report.onset = try comparison.onset(open, reference.profile, current.profile)
    report.examples = DriftExamples(report.diagnosis?.moved ?? [], reference, current)
    report.windows = comparison.windows(reference.profile, current.profile)
    return report
  }

  /// What a reader has to know of windows of time: what was left out of one, and that two are of other times.
  private static func timeNotes(_ reference: Profile, _ current: Profile) -> [String] {
    func names(_ features: Set<String>) -> String {
      features.sorted().map(DisplayText.name).joined(separator: ", ")
    }
    var notes: [String] = []
    if !current.timeFeatures.isEmpty {
      let count = counted(current.timeFeatures.count, "field")
      notes.append("\(count) not compared, as the window says all of it: \(names(current.timeFeatures))")
    }
    if reference.parts.isOfAnotherTime(than: current.parts) {
      notes.append(
        "windows of the reference are by \(names(reference.parts.timeFeatures)), those of the current set by "
          + "\(names(current.parts.timeFeatures)): they are not dealt out among each other")
    }
    return notes
  }
}
