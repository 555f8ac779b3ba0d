import AssayCore

/// Reads a schema from its tree. It never stops at a fault; what `log` has at the end is all of them.
final class SchemaReader {
  let log = IssueLog()
  /// The schema as far as it is read.
  var schema = Schema()
  /// What rules may name, once images and fields are declared.
  var names = NameTable(images: [], fields: [], measurements: [])
  /// The plugins that are there; nil where the schema is read without looking for them.
  let catalog: PluginCatalog?

  init(catalog: PluginCatalog? = nil) { self.catalog = catalog }

  /// The schema of the tree, which is only good if nothing was logged.
  func schema(_ tree: YAMLTree) -> Schema {
    guard var root = MappingReader(tree, path: "", log: log) else { return schema }
    readHeader(&root)
    let images = root.takeEntry("images")
    let fields = root.takeEntry("fields")
    let invariants = root.takeEntry("invariants")
    declareImages(images)
    declareFields(fields)
    declarePlugins(invariants)
    names = schema.names
    readImages(images)
    readFields(fields)
    readManifest(root.take("manifest"))
    readRecords(root.take("records"))
    readInvariants(invariants)
    readSlices(root.take("slices"))
    readRoles(root.take("roles"))
    readOutputs(root.take("outputs"))
    readMetrics(root.take("metrics"))
    readDrift(root.take("drift"))
    readOverlap(root.take("overlap"))
    root.finish()
    return schema
  }

  private func readHeader(_ root: inout MappingReader) {
    if let version = root.take("assay") {
      if version.scalar?.text != "1" {
        log.add(version.position, "the version of the schema language is 1, \(version.typeName) found")
      }
    } else {
      log.add(root.position, "the key \"assay\" is missing; a schema begins with assay: 1")
    }
    schema.dataset = log.text(root.take("dataset"))
    _ = log.text(root.take("description"))
    schema.environments = log.texts(root.take("environments")) ?? []
    schema.ignore = log.texts(root.take("ignore")) ?? []
  }

  // MARK: Leaves

  /// A rule's value as written, with its terms.
  struct Leaf {
    /// Nil where only terms are written: `required: {allow: 1%}`.
    var value: YAMLTree?
    var terms: RuleTerms
    var id: String
    var position: SourcePosition
  }

  /// Reads `KEY: VALUE` or `KEY: {value: VALUE, severity: ..., ...}`.
  func leaf(_ entry: YAMLTree.Entry?, _ id: String, _ terms: RuleTerms) -> Leaf? {
    guard let entry else { return nil }
    let plain = Leaf(value: entry.value, terms: terms, id: id, position: entry.keyPosition)
    guard entry.value.mapping != nil, var mapping = MappingReader(entry.value, path: id, log: log) else {
      return plain
    }
    var leaf = plain
    leaf.value = mapping.take("value") ?? mapping.take("values")
    leaf.id = log.text(mapping.take("id")) ?? id
    leaf.terms = mapping.terms(inheriting: terms, environments: schema.environments)
    mapping.finish()
    return leaf
  }

  /// A leaf that must have a value.
  func valuedLeaf(_ entry: YAMLTree.Entry?, _ id: String, _ terms: RuleTerms) -> (YAMLTree, Leaf)? {
    guard let leaf = leaf(entry, id, terms) else { return nil }
    guard let value = leaf.value else {
      return log.none(leaf.position, "the key \"value\" is missing in \(id)")
    }
    return (value, leaf)
  }

  func add(_ check: RecordCheck, _ subject: RuleSubject, _ leaf: Leaf, isOfOutput: Bool = false) {
    schema.recordRules.append(
      RecordRule(
        id: leaf.id, subject: subject, check: check, terms: leaf.terms, position: leaf.position,
        isOfOutput: isOfOutput))
  }

  /// What the name means, or nil with an issue.
  func resolve(_ name: String, at position: SourcePosition) -> NameTable.Entry? {
    switch names.resolve(name, at: position) {
    case .success(let entry): return entry
    case .failure(let issue): return log.none(issue.position, issue.message, suggestion: issue.suggestion)
    }
  }

  /// The same for slices, where a bare name that means nothing else is a field nothing is declared of.
  func resolveOrField(_ name: String, at position: SourcePosition) -> NameTable.Entry? {
    let isBare = !name.contains(":") && (!name.contains(".") || name.hasPrefix("field."))
    if isBare, case .failure(.unknown) = names.resolve(name) {
      let field = name.hasPrefix("field.") ? String(name.dropFirst("field.".count)) : name
      return NameTable.Entry(reference: .field(field), kind: .text, isPrivate: false)
    }
    return resolve(name, at: position)
  }
}
