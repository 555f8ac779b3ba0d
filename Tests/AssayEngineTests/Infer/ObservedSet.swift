import AssayCore
import AssayIngest
import AssayRules

@testable import AssayEngine

/// Records that were decoded once, to be profiled and judged in any selection.
struct ObservedSet {
  /// What the set's own run observed, without rules.
  var observations: [Observation]
  /// What `observations` are changed by before they are judged, with their place.
  typealias Fault = @Sendable (Int, inout Observation) -> Void

  /// Decodes every record of the sources, in this process.
  init(sources: [String]) throws {
    var options = IngestOptions(sources: try SourceArgument.parse(sources))
    options.isolation = .none
    options.workers = 2
    let collector = Collector()
    let summary = try IngestRun(options, consumers: [collector]).run()
    precondition(summary.sources.allSatisfy { $0.failure == nil }, "a source could not be read")
    observations = collector.observations
  }

  init(_ observations: some Sequence<Observation>) { self.observations = Array(observations) }

  /// The records in an order made by `generator`, in two halves.
  func halves(_ generator: inout some RandomNumberGenerator) -> (ObservedSet, ObservedSet) {
    let shuffled = observations.shuffled(using: &generator)
    let middle = shuffled.count / 2
    return (ObservedSet(shuffled[..<middle]), ObservedSet(shuffled[middle...]))
  }

  func changing(_ fault: Fault) -> ObservedSet {
    var copy = self
    for index in copy.observations.indices { fault(index, &copy.observations[index]) }
    return copy
  }

  var profile: Profile {
    var profile = Profile()
    for observation in observations { profile.observe(observation) }
    return profile
  }

  /// The schema that `infer` writes for these records, read back.
  func inferredSchema() throws -> Schema {
    let text = InferredSchema(from: try ProfileInference(profile), dataset: "halves").text
    return try SchemaFile(path: "inferred.yaml") { _ in Array(text.utf8) }.schema
  }

  /// The rules of the schema that these records fail.
  func failures(_ schema: Schema) throws -> [String] {
    let compiled = try schema.compiled(for: nil)
    let checker = try RecordChecker(compiled.recordRules)
    let counts = try SetCounts(compiled, memory: IndexMemory(limit: 1 << 20))
    for var observation in observations {
      let judgement = checker.check(RecordView(observation))
      observation.findings += judgement.findings
      observation.ruleStates = judgement.ruleStates
      let item = WorkItem(
        key: observation.key, locator: observation.locator, parts: [], isImageByName: false)
      try counts.amend(&observation)
      try counts.consume(observation, from: item)
    }
    let facts = ProfileFacts(counts: counts, profile: profile, join: nil)
    return RuleJudge(compiled).results(counts.tallies, facts).filter { $0.verdict == .fail }.map(\.rule)
  }
}

extension RecordView {
  /// The record as a worker would see it, from a delimited manifest.
  fileprivate init(_ observation: Observation) {
    self.init(
      images: observation.images,
      fields: observation.fields.map { NamedValue(name: $0.name, value: $0.value) })
  }
}

extension Observation {
  /// Gives a field another value.
  mutating func set(_ name: String, _ value: Value) {
    for index in fields.indices where fields[index].name == name { fields[index].value = value }
  }

  /// Gives a feature of the default image another value.
  mutating func set(_ feature: BuiltinFeature, _ value: Value) {
    images[0].features[feature.rawValue] = value
  }
}
