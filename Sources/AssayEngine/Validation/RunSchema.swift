package import AssayCore
import AssayIngest

/// The schema of a run: the user's in one environment, or the empty one that only demands whole images.
package struct RunSchema: Sendable {
  /// Nil without a schema file.
  package let path: String?
  package let schema: Schema
  package let compiled: CompiledSchema

  private let companions: CompanionPlan?

  /// Reads and checks the file before any data is read.
  ///
  /// - Throws: `SchemaError` with every mistake in it; `PluginError` when a plugin cannot be trusted or loaded.
  package init(
    path: String?, environment: String?, plugins: PluginSearch, isolation: Isolation = .process
  ) throws {
    self.path = path
    let file = try path.map { try SchemaFile(path: $0, plugins: plugins, isolation) }
    schema = file?.schema ?? Schema()
    compiled = try schema.compiled(for: environment)
    let uses = compiled.recordRules.plugins
    let repeated = RunSchema.repeated(uses)
    if !repeated.isEmpty { throw SchemaError(repeated) }
    companions = CompanionPlan(uses, file?.catalog)
  }

  /// A plugin that is used twice would measure two things under one name.
  private static func repeated(_ uses: [PluginUse]) -> [SchemaIssue] {
    var first: [String: SourcePosition] = [:]
    return uses.compactMap { use in
      guard let other = first.updateValue(use.position, forKey: use.plugin) else { return nil }
      return SchemaIssue(
        use.position,
        "\(use.plugin) is used at \(other) already; write its bounds in one entry, each with its own terms")
    }
  }

  /// What the schema says of how sources are read.
  package func apply(to options: inout IngestOptions) {
    options.reading.rules = compiled.recordRules
    options.companions = companions
    options.reading.idField = schema.manifest?.idColumn
    options.ignored = schema.ignore
    options.reading.pathField = schema.manifest?.pathColumn
    options.pathColumn = schema.manifest?.pathColumn
    options.manifestPrefix = schema.manifest?.stripPrefix ?? ""
    options.imagePatterns = imagePatterns
    let declared = schema.images.dropFirst().map(\.name)
    options.secondImages = declared + options.secondImages.filter { !declared.contains($0) }
  }

  /// Where further images are that are not beside the default one under its name.
  var imagePatterns: [ImagePattern] {
    schema.images.flatMap { image in
      // `*.mask.png` is what neighbours join by anyway, in containers as well.
      image.members.filter { !$0.hasPrefix("*.\(image.name).") }.compactMap {
        ImagePattern(name: image.name, pattern: $0)
      }
    }
  }

  /// Whether some set rule is judged by distributions and not only by counts.
  var needsProfile: Bool {
    compiled.setRules.contains { rule in
      switch rule.check {
      case .mean, .quantile: true
      case .recordCount, .records, .orphans, .share, .metric: false
      }
    }
  }
}
