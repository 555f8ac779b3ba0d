import AssayCore
import AssayIngest

/// A pass over one side of a join.
package struct SkewPass {
  /// Who takes it.
  let side: SkewSide
  /// Bytes of the run's memory for indexes that both sides share.
  let memory: Int

  /// Leaves the indexes of the pass what memory there is.
  func apply(to options: inout IngestOptions) { options.indexMemory -= memory }
}

/// Answers "does the same record have the same features in both places?".
final class SkewRun {
  /// What is done where records are to be matched.
  private struct Joining {
    var join: SkewJoin
    var reference: SkewSide
    var current: SkewSide
    var memory: IndexMemory
  }

  private let declaration: SkewDeclaration?
  private let privateFields: Set<ExactText>
  private let today: String?
  private let joining: Joining?

  /// Half of the memory for indexes is for this where there is a join. Without one nothing is matched.
  init(
    _ join: SkewJoin?, _ declaration: SkewDeclaration?, privateFields: Set<ExactText>, indexMemory: Int,
    today: String?
  ) throws {
    self.declaration = declaration
    self.privateFields = privateFields
    self.today = today
    let memory = IndexMemory(limit: indexMemory / 2)
    joining = try join.map {
      try Joining(
        join: $0, reference: SkewSide($0, memory), current: SkewSide($0, memory), memory: memory)
    }
  }

  /// What is kept while the reference is read; nil without a join.
  var referencePass: SkewPass? { joining.map { SkewPass(side: $0.reference, memory: $0.memory.limit) } }

  /// What is kept while the current set is read; nil without a join.
  var currentPass: SkewPass? { joining.map { SkewPass(side: $0.current, memory: $0.memory.limit) } }

  /// What was found once both sides were read; nil where neither the user nor the schema asks.
  func report() throws -> SkewReport? {
    guard let joining else { return SkewReport(unjoined: declaration, today: today) }
    let effective = declaration ?? SkewDeclaration(position: SourcePosition(file: "--join"))
    let matching = try SkewMatching(
      joining.join, joining.reference, joining.current,
      SkewTallies(effective, privateFields: privateFields))
    return SkewReport(joining.join, matching, effective, today: today)
  }
}

extension RunSchema {
  /// What the schema says of skew, in its environment.
  private var skewDeclaration: SkewDeclaration? {
    schema.drift.skew.flatMap { $0.terms.hold(in: compiled.environment) ? $0 : nil }
  }

  func skew(_ join: SkewJoin?, indexMemory: Int, today: String?) throws -> SkewRun {
    let privateFields = schema.fields.filter { $0.privacy?.hidesValue == true }.map { ExactText($0.name) }
    return try SkewRun(
      join, skewDeclaration, privateFields: Set(privateFields), indexMemory: indexMemory, today: today)
  }

  /// What is to be said of skew where no records can be matched; nil where the schema does not ask.
  func unjoinedSkew(today: String?) -> SkewReport? { SkewReport(unjoined: skewDeclaration, today: today) }
}

extension SkewJoin {
  /// Throws `ConfigurationError` where a side is a profile: it keeps no records that could be matched.
  func demand(of sides: [SetArgument]) throws(ConfigurationError) {
    for side in sides {
      guard case .profile(let path) = side else { continue }
      throw ConfigurationError(
        "\(path): --join matches records one by one, and a profile keeps none of them: give the sources it was made "
          + "of, or the rows of a run over them (assay validate SOURCE --records rows.jsonl)")
    }
  }

  /// Throws `ConfigurationError` where the schema keeps the values of the field private.
  func demand(of schema: Schema) throws(ConfigurationError) {
    guard case .field(let name) = self,
      schema.fields.contains(where: { $0.name == name && $0.privacy?.hidesValue == true })
    else { return }
    throw ConfigurationError(
      "--join: field.\(name) is private, so its values never leave a worker: join by key, or by a field that is not"
    )
  }
}
