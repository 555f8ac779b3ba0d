import AssayCore
import AssayRules

extension SchemaFile {
  /// What only shows when all rules are there: expressions, lists and patterns that do not compile, ids given
  /// twice.
  static func issues(in schema: Schema) -> [SchemaIssue] {
    duplicateIds(in: schema)
      + uncheckable(
        RecordRules(
          rules: schema.recordRules, images: schema.images, fields: schema.fields,
          measurements: schema.measurements, slices: schema.slices, plugins: schema.plugins))
  }

  private static func uncheckable(_ rules: RecordRules) -> [SchemaIssue] {
    do throws(SchemaError) {
      _ = try RecordChecker(rules)
      return []
    } catch {
      return error.issues
    }
  }

  private static func duplicateIds(in schema: Schema) -> [SchemaIssue] {
    var seen: [String: SourcePosition] = [:]
    let rules = schema.recordRules.map { ($0.id, $0.position) } + schema.setRules.map { ($0.id, $0.position) }
    return rules.compactMap { id, position in
      guard let first = seen.updateValue(position, forKey: id) else { return nil }
      return SchemaIssue(position, "the id \"\(id)\" is taken by the rule at \(first)")
    }
  }
}
