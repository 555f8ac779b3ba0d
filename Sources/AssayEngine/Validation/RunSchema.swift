package import AssayCore
import AssayIngest

/// The schema of a run: the user's in one environment, or the empty one that only demands whole images.
package struct RunSchema: Sendable {
  /// Nil without a schema file.
  package let path: String?
  package let schema: Schema
  package let compiled: CompiledSchema

  /// Reads and checks the file before any data is read. Throws `SchemaError` with every mistake in it.
  package init(path: String?, environment: String?) throws(SchemaError) {
    self.path = path
    if let path { schema = try SchemaFile(path: path).schema } else { schema = Schema() }
    compiled = try schema.compiled(for: environment)
    let unrun = compiled.plugins.map {
      SchemaIssue(
        $0.position,
        "\($0.plugin): measurement and invariant plugins are not run by this version; remove the entry")
    }
    if !unrun.isEmpty { throw SchemaError(unrun) }
  }

  /// What the schema says of how sources are read.
  package func apply(to options: inout IngestOptions) {
    options.reading.rules = compiled.recordRules
    options.reading.idField = schema.manifest?.idColumn
    options.ignored = schema.ignore
    options.reading.pathField = schema.manifest?.pathColumn
    options.pathColumn = schema.manifest?.pathColumn
    options.manifestPrefix = schema.manifest?.stripPrefix ?? ""
    options.imagePatterns = schema.images.flatMap { image in
      // `*.mask.png` is what neighbours join by anyway, in containers as well.
      image.members.filter { !$0.hasPrefix("*.\(image.name).") }.compactMap {
        ImagePattern(name: image.name, pattern: $0)
      }
    }
    let declared = schema.images.dropFirst().map(\.name)
    options.secondImages = declared + options.secondImages.filter { !declared.contains($0) }
  }

  /// Whether some set rule is judged by distributions and not only by counts.
  var needsProfile: Bool {
    compiled.setRules.contains { rule in
      switch rule.check {
      case .share, .mean, .quantile: true
      case .recordCount, .records, .orphans: false
      }
    }
  }
}
