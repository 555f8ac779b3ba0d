import AssayCore

extension SchemaReader {
  /// Reads `drift.accepted`: drifts that somebody looked at and takes for what they are.
  func readAccepted(_ tree: YAMLTree?) {
    for item in items(tree, "drift.accepted") {
      guard var mapping = MappingReader(item, path: "drift.accepted", log: log) else { continue }
      let accepted = readAcceptedDrift(&mapping)
      mapping.finish()
      if let accepted { schema.drift.accepted.append(accepted) }
    }
  }

  private func readAcceptedDrift(_ mapping: inout MappingReader) -> AcceptedDrift? {
    let aspect = log.word(mapping.take("aspect"), ComparedFeature.Aspect.self) ?? .values
    let reference = readReferenceName(mapping.take("reference"))
    let slice = log.text(mapping.take("slice"))
    let feature = demanded("feature", &mapping, log.text)
    let comparator = demanded("comparator", &mapping, log.text)
    let effect = demanded("effect", &mapping, readEffect)
    let until = demanded("until", &mapping, log.day)
    let because = demanded("because", &mapping, log.text)
    guard let feature, let comparator, let effect, let until, let because else { return nil }
    return AcceptedDrift(
      reference: reference, feature: feature, slice: slice, aspect: aspect, comparator: comparator,
      effect: effect, until: until,
      because: because)
  }

  private func readReferenceName(_ tree: YAMLTree?) -> String? {
    guard let tree, let name = log.text(tree) else { return nil }
    let known = schema.drift.references.map(\.name)
    guard !known.contains(name) else { return name }
    return log.none(
      tree.position,
      "unknown reference \"\(name)\"; expected one of drift.references: \(known.joined(separator: ", "))",
      suggestion: nearestWord(to: name, among: known))
  }

  /// The value of a key that no accepted drift is without.
  private func demanded<Value>(
    _ key: String, _ mapping: inout MappingReader, _ read: (YAMLTree?) -> Value?
  ) -> Value? {
    guard let tree = mapping.take(key) else {
      return log.none(mapping.position, "the key \"\(key)\" is missing in drift.accepted")
    }
    return read(tree)
  }

  private func readEffect(_ tree: YAMLTree?) -> Bounds? {
    guard let tree, var mapping = MappingReader(tree, path: "drift.accepted.effect", log: log) else {
      return nil
    }
    let bounds = Bounds(min: log.number(mapping.take("min")), max: log.number(mapping.take("max")))
    mapping.finish()
    if bounds == Bounds() { log.add(tree.position, "min or max is expected in drift.accepted.effect") }
    return bounds
  }
}
