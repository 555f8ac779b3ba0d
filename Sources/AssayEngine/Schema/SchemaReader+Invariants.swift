import AssayCore

extension SchemaReader {
  /// Reads `invariants`.
  func readInvariants(_ entry: YAMLTree.Entry?) {
    for item in items(entry?.value, "invariants") {
      guard var mapping = MappingReader(item, path: "invariants", log: log) else { continue }
      readInvariant(&mapping, item)
      mapping.finish()
    }
  }

  private func readInvariant(_ mapping: inout MappingReader, _ item: YAMLTree) {
    let id = log.text(mapping.take("id"))
    if id == nil { log.add(item.position, "an invariant needs an id") }
    mapping.path = "invariants.\(id ?? "?")"
    let terms = mapping.terms(inheriting: RuleTerms(), environments: schema.environments)
    let assertion = log.expression(mapping.take("assert"))
    let plugin = mapping.take("use")
    let parameters = mapping.take("with")
    let bound = mapping.take("bound")
    guard let id else { return }
    switch (assertion, plugin) {
    case (let assertion?, nil):
      if parameters != nil || bound != nil { log.add(item.position, "with and bound belong to use") }
      add(.assert(assertion), .record, Leaf(value: nil, terms: terms, id: id, position: item.position))
    case (nil, let plugin?): readPlugin(plugin, id, parameters, bound, terms)
    default: log.add(item.position, "an invariant has either assert or use")
    }
  }

  /// A mapping of words, as it is written.
  func scalars(_ tree: YAMLTree?, _ path: String) -> [String: String] {
    guard let tree, var mapping = MappingReader(tree, path: path, log: log) else { return [:] }
    var scalars: [String: String] = [:]
    for entry in mapping.takeAll() { scalars[entry.key] = log.text(entry.value) }
    return scalars
  }

  // MARK: Drift

  /// The words for `drift:`.
  private enum DriftWord: String, CaseIterable {
    case auto, off
  }

  /// Histograms that are compared and are no features.
  private static let histograms = ["luma", "red", "green", "blue", "red_blue"]

  /// Reads `drift`, which the drift engine completes.
  func readDrift(_ tree: YAMLTree?) {
    guard let tree else { return }
    if tree.mapping == nil {
      schema.drift.isOn = log.word(tree, DriftWord.self) != .off
      return
    }
    guard var mapping = MappingReader(tree, path: "drift", log: log) else { return }
    readDriftRate(&mapping)
    if let alpha = mapping.take("family_alpha"), let number = log.number(alpha) {
      if number <= 0 || number >= 1 { log.add(alpha.position, "family_alpha lies between 0 and 1") }
      schema.drift.familyAlpha = number
    }
    if let rule = mapping.take("alarm_on"), let text = log.text(rule) {
      schema.drift.alarmOn = AlarmRule(text)
      if schema.drift.alarmOn == nil {
        log.add(
          rule.position,
          "alarm_on: expected how many of how many sets in a row, such as 2 of 3, found \"\(text)\"")
      }
    }
    readDriftFeatures(mapping.take("features"))
    readStrata(mapping.take("strata"))
    readReferences(mapping.take("references"))
    readAccepted(mapping.take("accepted"))
    readSkew(mapping.takeEntry("skew"))
    mapping.finish()
  }

  /// How often a comparison may warn without drift: `family_alpha`, or `false_alarms` with `cadence`.
  private func readDriftRate(_ mapping: inout MappingReader) {
    let (cadence, alarms) = (mapping.take("cadence"), mapping.take("false_alarms"))
    if let cadence, let text = log.text(cadence) {
      schema.drift.cadence = EventRate(cadence: text)
      if schema.drift.cadence == nil {
        log.add(
          cadence.position,
          "cadence: expected hourly, daily, weekly, monthly or a time such as 6h, found \"\(text)\"")
      }
    }
    if let alarms, let text = log.text(alarms) {
      schema.drift.falseAlarms = EventRate(rate: text)
      if schema.drift.falseAlarms == nil {
        log.add(alarms.position, "false_alarms: expected a rate such as 1/year or 2/month, found \"\(text)\"")
      }
      if cadence == nil {
        log.add(alarms.position, "false_alarms needs a cadence: how often the set is compared")
      }
    }
    if let correction = mapping.take("correction") {
      schema.drift.correction = log.word(correction, DriftFamily.Correction.self) ?? .benjaminiHochberg
    }
  }

  private func readStrata(_ tree: YAMLTree?) {
    guard let tree else { return }
    for name in log.texts(tree) ?? [] {
      guard let entry = resolveOrField(name, at: tree.position) else { continue }
      if entry.isPrivate { log.add(tree.position, "strata: \(name) is private: its values are not kept") }
      schema.drift.strata.append(entry.reference.fullName)
    }
  }

  private func readDriftFeatures(_ tree: YAMLTree?) {
    guard let tree, var mapping = MappingReader(tree, path: "drift.features", log: log) else { return }
    for entry in mapping.takeAll() {
      guard let name = driftName(entry),
        var block = MappingReader(entry.value, path: "drift.features.\(entry.key)", log: log)
      else { continue }
      schema.drift.features[name] = DriftDeclaration.Feature(
        comparator: log.text(block.take("comparator")), threshold: log.number(block.take("threshold")),
        direction: log.text(block.take("direction")),
        parameters: scalars(block.take("with"), "drift.features.\(entry.key).with"))
      block.finish()
    }
  }

  private func driftName(_ entry: YAMLTree.Entry) -> String? {
    let parts = entry.key.split(separator: ".").map(String.init)
    if parts.count == 2, schema.images.contains(where: { $0.name == parts[0] }),
      SchemaReader.histograms.contains(parts[1])
    {
      return entry.key
    }
    return resolveOrField(entry.key, at: entry.keyPosition)?.reference.fullName
  }
}
