import AssayCore

extension SchemaReader {
  /// Declares the fields with their types and privacy, so that rules can name them.
  func declareFields(_ entry: YAMLTree.Entry?) {
    guard let entry, var mapping = MappingReader(entry.value, path: "fields", log: log) else { return }
    schema.fields = mapping.takeAll().map { field in
      let block = field.value
      return FieldDeclaration(
        name: field.key,
        type: (block["type"]?["value"] ?? block["type"])?.scalar.flatMap { FieldType(rawValue: $0.text) },
        privacy: block["privacy"].flatMap(privacy))
    }
  }

  /// What a `privacy` key says, if it is well formed.
  private func privacy(_ tree: YAMLTree) -> FieldPrivacy? {
    if let masked = tree["masked"]?.scalar?.text {
      return MaskAlgorithm(rawValue: masked).map(FieldPrivacy.masked)
    }
    switch (tree["value"] ?? tree).scalar?.text {
    case "dropped": return .dropped
    case "no_pii": return .noPersonalData
    default: return nil
    }
  }

  /// Reads every field's rules.
  func readFields(_ entry: YAMLTree.Entry?) {
    for (index, field) in (entry?.value.mapping ?? []).enumerated() {
      guard var mapping = MappingReader(field.value, path: "fields.\(field.key)", log: log) else { continue }
      readField(&mapping, schema.fields[index])
      mapping.finish()
    }
  }

  private func readField(_ mapping: inout MappingReader, _ field: FieldDeclaration) {
    let path = mapping.path
    let reference = FeatureReference.field(field.name)
    let subject = RuleSubject.feature(reference)
    let terms = mapping.terms(inheriting: RuleTerms(), environments: schema.environments)
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("type"), "\(path).type", terms),
      let type = log.word(value, FieldType.self)
    {
      add(.type(type), subject, leaf)
    }
    if let leaf = leaf(mapping.takeEntry("required"), "\(path).required", terms),
      leaf.value == nil || log.flag(leaf.value) == true
    {
      add(.required, subject, leaf)
    }
    readTextRules(&mapping, subject, terms)
    readUnique(mapping.takeEntry("unique"), field, terms)
    readEquals(mapping.takeEntry("equals"), subject, "\(path).equals", terms)
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("checksum"), "\(path).checksum", terms),
      let algorithm = log.word(value, ChecksumAlgorithm.self)
    {
      add(.checksum(algorithm), subject, leaf)
    }
    readPrivacy(mapping.takeEntry("privacy"), subject, "\(path).privacy", terms)
    let rulesBefore = schema.recordRules.count + schema.setRules.count
    readBounds(
      &mapping,
      BoundedFeature(reference: reference, kind: NameKind(field.type ?? .string), path: path, terms: terms))
    if field.privacy?.hidesValue == true, schema.recordRules.count + schema.setRules.count > rulesBefore {
      log.add(mapping.position, "\(path) is private: its values cannot be bounded or listed")
    }
  }

  private func readTextRules(_ mapping: inout MappingReader, _ subject: RuleSubject, _ terms: RuleTerms) {
    for key in ["min_length", "max_length"] {
      guard let (value, leaf) = valuedLeaf(mapping.takeEntry(key), "\(mapping.path).\(key)", terms),
        let count = log.count(value, in: 0...1_000_000)
      else { continue }
      let bounds = key == "min_length" ? Bounds(min: Double(count)) : Bounds(max: Double(count))
      add(.length(bounds), subject, leaf)
    }
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("regex"), "\(mapping.path).regex", terms),
      let pattern = log.text(value)
    {
      add(.pattern(pattern), subject, leaf)
    }
  }

  private func readUnique(_ entry: YAMLTree.Entry?, _ field: FieldDeclaration, _ terms: RuleTerms) {
    guard let leaf = leaf(entry, "fields.\(field.name).unique", terms) else { return }
    guard leaf.value == nil || log.flag(leaf.value) == true else { return }
    if field.privacy?.hidesValue == true {
      return log.add(leaf.position, "\(leaf.id): an index would keep hashes of private values")
    }
    add(.unique, .feature(.field(field.name)), leaf)
  }

  private func readEquals(_ entry: YAMLTree.Entry?, _ subject: RuleSubject, _ id: String, _ terms: RuleTerms)
  {
    guard let (value, leaf) = valuedLeaf(entry, id, terms), let name = log.text(value),
      let other = resolve(name, at: value.position)
    else { return }
    add(.equals(other.reference), subject, leaf)
  }

  private func readPrivacy(_ entry: YAMLTree.Entry?, _ subject: RuleSubject, _ id: String, _ terms: RuleTerms)
  {
    guard let entry else { return }
    let expected = "dropped, no_pii or {masked: sha256} is expected"
    guard entry.value.mapping != nil else {
      let leaf = Leaf(value: entry.value, terms: terms, id: id, position: entry.keyPosition)
      guard let word = log.text(entry.value) else { return }
      switch word {
      case "dropped": add(.dropped, subject, leaf)
      case "no_pii": add(.noPersonalData, subject, leaf)
      default:
        log.add(
          entry.value.position, "\(expected), \"\(word)\" found",
          suggestion: nearestWord(to: word, among: ["dropped", "no_pii"]))
      }
      return
    }
    guard var mapping = MappingReader(entry.value, path: id, log: log) else { return }
    var leaf = Leaf(value: nil, terms: terms, id: id, position: entry.keyPosition)
    leaf.id = log.text(mapping.take("id")) ?? id
    leaf.terms = mapping.terms(inheriting: terms, environments: schema.environments)
    if let masked = mapping.take("masked") {
      if let algorithm = log.word(masked, MaskAlgorithm.self) { add(.masked(algorithm), subject, leaf) }
    } else if let value = mapping.take("value"), ["dropped", "no_pii"].contains(value.scalar?.text) {
      add(value.scalar?.text == "dropped" ? .dropped : .noPersonalData, subject, leaf)
    } else {
      log.add(entry.value.position, expected)
    }
    mapping.finish()
  }
}
