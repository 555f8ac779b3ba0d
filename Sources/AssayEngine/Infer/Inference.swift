import AssayCore
import AssayIngest

/// Infers the schema of a set from its profile, or from sources that are profiled now.
package struct Inference {
  /// A schema, and the sources that could not be read to their end.
  package struct Result: Sendable {
    package var schema: InferredSchema
    package var incomplete: [String]
  }

  private let names: [String]
  private let ingest: IngestOptions

  /// `names` is one profile (`.json`), or the sources of a set; `ingest` says how sources are read.
  package init(_ names: [String], ingest: IngestOptions) {
    self.names = names
    self.ingest = ingest
  }

  /// Reads, profiles and infers.
  package func run(dataset: String?) throws -> Result {
    let (profile, incomplete) = try profile()
    return Result(
      schema: InferredSchema(from: try ProfileInference(profile), dataset: dataset), incomplete: incomplete)
  }

  private func profile() throws -> (Profile, [String]) {
    if names.count == 1, ProfileFile.isProfile(names[0]) { return (try ProfileFile.read(names[0]), []) }
    var options = ingest
    options.sources = try SourceArgument.parse(names)
    let result = try Profiling(options).run()
    return (
      result.profile,
      result.summary.sources.compactMap { source in source.failure.map { "\(source.name): \($0)" } }
    )
  }
}
