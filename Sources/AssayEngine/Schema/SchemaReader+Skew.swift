import AssayCore

extension SchemaReader {
  /// Reads `drift.skew`: how far apart one record may be in two places.
  func readSkew(_ entry: YAMLTree.Entry?) {
    guard let entry, var mapping = MappingReader(entry.value, path: "drift.skew", log: log) else { return }
    var skew = SkewDeclaration(position: entry.keyPosition)
    skew.tolerance = skewTolerance(mapping.take("tolerance")) ?? skew.tolerance
    skew.max = log.limit(mapping.take("max"))
    skew.features = readSkewFeatures(mapping.take("features"))
    skew.terms = mapping.setTerms(inheriting: RuleTerms(), environments: schema.environments)
    mapping.finish()
    schema.drift.skew = skew
  }

  private func readSkewFeatures(_ tree: YAMLTree?) -> [String: SkewDeclaration.Feature] {
    guard let tree, var mapping = MappingReader(tree, path: "drift.skew.features", log: log) else {
      return [:]
    }
    var features: [String: SkewDeclaration.Feature] = [:]
    for entry in mapping.takeAll() {
      guard let name = skewName(entry),
        var block = MappingReader(entry.value, path: "drift.skew.features.\(entry.key)", log: log)
      else { continue }
      features[name] = SkewDeclaration.Feature(
        tolerance: skewTolerance(block.take("tolerance")), max: log.limit(block.take("max")))
      block.finish()
    }
    return features
  }

  private func skewName(_ entry: YAMLTree.Entry) -> String? {
    guard let known = resolveOrField(entry.key, at: entry.keyPosition) else { return nil }
    guard !known.isPrivate else {
      return log.none(
        entry.keyPosition, "\(known.reference.fullName) is private: no comparison looks at its values")
    }
    return known.reference.fullName
  }

  private func skewTolerance(_ tree: YAMLTree?) -> Double? {
    guard let tree, let number = log.number(tree) else { return nil }
    guard number >= 0, number.isFinite else {
      return log.none(tree.position, "a tolerance is a number that is not negative")
    }
    return number
  }
}
