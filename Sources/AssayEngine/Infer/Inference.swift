import AssayCore
import AssayIngest

/// Infers the schema of a set from its profile, or from sources that are profiled now.
package struct Inference {
  /// A schema, and the set that it was inferred from.
  package struct Result: Sendable {
    package var schema: InferredSchema
    package var set: ProfiledSet
  }

  private let set: SetArgument
  private let ingest: IngestOptions
  private let allowsEmpty: Bool

  /// `ingest` says how sources are read, `allowsEmpty` whether a set without records is one to infer from.
  package init(_ set: SetArgument, ingest: IngestOptions, allowsEmpty: Bool = false) {
    self.set = set
    self.ingest = ingest
    self.allowsEmpty = allowsEmpty
  }

  /// Reads, profiles and infers.
  package func run(dataset: String?) throws -> Result {
    let set = try set.profiled(ingest)
    if !allowsEmpty { try set.demandRecords() }
    return Result(
      schema: InferredSchema(from: try ProfileInference(set.profile), dataset: dataset), set: set)
  }
}
