import AssayCore
import AssayIngest

/// What `compare --references` is asked.
package struct ReferencesQuestion: Sendable {
  /// In order of time, at least one.
  package var current: [SetArgument]
  /// The schema that names the references.
  package var schemaPath: String
  package var environment: String?
  package var ingest: IngestOptions
  package var plugins: PluginSearch
  /// Whether a side without records is no failure.
  package var allowsEmpty = false
  /// Today as `YYYY-MM-DD`.
  package var today: String?

  package init(
    current: [SetArgument], schemaPath: String, ingest: IngestOptions, plugins: PluginSearch
  ) {
    self.current = current
    self.schemaPath = schemaPath
    self.ingest = ingest
    self.plugins = plugins
  }
}

/// Compares the current data with every reference that the schema names, and reads it once.
package struct ReferencesRun {
  private let question: ReferencesQuestion
  private let schema: RunSchema
  private let references: NamedReferences

  /// Reads the schema and the references. Throws before any data is read.
  package init(_ question: ReferencesQuestion) throws {
    self.question = question
    schema = try RunSchema(
      path: question.schemaPath, environment: question.environment, plugins: question.plugins,
      isolation: question.ingest.isolation)
    references = try NamedReferences(
      schema, question.plugins, question.ingest, today: question.today)
  }

  package func run() throws -> ReferencesReport {
    let byWindow = question.current.count == 1 && references.alarmOn != nil
    let current = try question.current.flatMap { argument in
      ComparisonRun.sets(
        try argument.profiled(question.ingest, schema: schema, partition: references.partition),
        byWindow: byWindow)
    }
    let overlap = try schema.overlap(indexPath: nil, question.ingest, today: question.today)
    return try references.report(current) { report, reference, set in
      report.add(try overlap.report(reference, set))
      report.skew = schema.unjoinedSkew(today: question.today)
      report.allowsEmpty = question.allowsEmpty
    }
  }
}
