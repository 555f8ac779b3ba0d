import AssayCore
import AssayPlugins

extension SchemaReader {
  /// Declares what plugins measure, so that other rules and expressions can name it.
  func declarePlugins(_ entry: YAMLTree.Entry?) {
    for item in entry?.value.sequence ?? [] {
      guard let plugin = item["use"]?.scalar?.text, let id = item["id"]?.scalar?.text else { continue }
      let bounded = (item["bound"]?.mapping ?? []).map { MeasuredFeature(name: "\(plugin):\($0.key)") }
      schema.plugins.append(
        PluginUse(
          id: id, plugin: plugin, measurements: catalog?[id: plugin]?.measurements ?? bounded,
          terms: RuleTerms(), position: item.position))
    }
  }

  /// Reads what an entry with `use` says beside its id and its terms.
  func readPlugin(
    _ plugin: YAMLTree, _ id: String, _ parameters: YAMLTree?, _ bound: YAMLTree?, _ terms: RuleTerms
  ) {
    guard let name = log.text(plugin), let index = schema.plugins.firstIndex(where: { $0.id == id }) else {
      return
    }
    schema.plugins[index].terms = terms
    schema.plugins[index].position = plugin.position
    let description = description(of: name, plugin.position)
    schema.plugins[index].call = description.flatMap { call($0, parameters, id) }
    if let bound {
      readPluginBounds(bound, name, id, description, terms)
    } else {
      let leaf = Leaf(value: nil, terms: terms, id: id, position: plugin.position)
      add(.plugin, .plugin(name), leaf)
    }
  }

  /// The plugin of that name, with an issue where it is not there or cannot be shown records.
  private func description(of name: String, _ position: SourcePosition) -> PluginDescription? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].contains("."), Int(parts[1]) != nil else {
      return log.none(position, "a plugin is named reverse.domain.name/revision, \"\(name)\" found")
    }
    guard let catalog else { return nil }
    let known = catalog.recordPluginIds
    guard let description = catalog[id: name] else {
      return log.none(
        position,
        "no plugin \"\(name)\" in the folders that are searched (--plugin-path adds one); found: "
          + (known.isEmpty ? "no measurement and no invariant" : known.joined(separator: ", ")),
        suggestion: nearestWord(to: name, among: known))
    }
    guard description.recordPlugin != nil else {
      return log.none(
        position,
        "\(name) is a comparator, which belongs under drift; use takes a measurement or an invariant")
    }
    return description
  }

  // MARK: Parameters

  private func call(_ plugin: PluginDescription, _ parameters: YAMLTree?, _ id: String) -> PluginCall? {
    guard let needs = plugin.recordPlugin else { return nil }
    return PluginCall(
      parameters: values(of: plugin, parameters, id), isInvariant: plugin.kind == .invariant,
      needsPixels: needs.needsPixels, needsFields: needs.needsFields, needsFeatures: needs.needsFeatures)
  }

  /// One value for each declared parameter: what `with` says, else the plugin's own.
  private func values(of plugin: PluginDescription, _ tree: YAMLTree?, _ id: String) -> [Double] {
    var values = plugin.parameters.map(\.standard)
    guard let tree, var mapping = MappingReader(tree, path: "invariants.\(id).with", log: log) else {
      return values
    }
    for entry in mapping.takeAll() {
      let names = plugin.parameters.map(\.name)
      guard let index = names.firstIndex(of: entry.key) else {
        log.add(
          entry.keyPosition,
          "\(plugin.id) has no parameter \"\(entry.key)\"; it has "
            + (names.isEmpty ? "none" : names.joined(separator: ", ")),
          suggestion: nearestWord(to: entry.key, among: names))
        continue
      }
      if let value = value(entry.value, of: plugin.parameters[index]) { values[index] = value }
    }
    return values
  }

  private func value(_ tree: YAMLTree, of parameter: PluginParameter) -> Double? {
    guard let value = log.number(tree) else { return nil }
    guard parameter.minimum <= value, value <= parameter.maximum else {
      let range = Bounds(min: parameter.minimum, max: parameter.maximum)
      return log.none(tree.position, "\(parameter.name): \(range) is expected, \(plainNumber(value)) found")
    }
    return value
  }

  // MARK: Bounds

  private func readPluginBounds(
    _ bound: YAMLTree, _ name: String, _ id: String, _ plugin: PluginDescription?, _ terms: RuleTerms
  ) {
    guard var bounds = MappingReader(bound, path: "invariants.\(id).bound", log: log) else { return }
    let entries = bounds.takeAll()
    if entries.isEmpty {
      log.add(bound.position, "at least one output is expected in invariants.\(id).bound")
    }
    for entry in entries {
      let full = "\(name):\(entry.key)"
      let measured = plugin?.measurements.first { $0.name == full }
      if let plugin, measured == nil {
        refuse(entry, of: plugin)
        continue
      }
      readFeature(
        entry,
        BoundedFeature(
          reference: .measurement(full), kind: measured?.kind ?? .number,
          path: entries.count == 1 ? id : "\(id).\(entry.key)", terms: terms))
    }
  }

  private func refuse(_ entry: YAMLTree.Entry, of plugin: PluginDescription) {
    let names = plugin.measurements.map { FeatureReference.measurement($0.name).bareName }
    log.add(
      entry.keyPosition,
      "\(plugin.id) does not give \"\(entry.key)\"; it gives \(names.joined(separator: ", "))",
      suggestion: nearestWord(to: entry.key, among: names))
  }
}

extension PluginDescription {
  /// What it gives, under full names. An invariant gives how many findings it has, so that they can be counted, sliced
  /// and compared like anything else.
  fileprivate var measurements: [MeasuredFeature] {
    guard let recordPlugin else { return [] }
    if kind == .invariant { return [MeasuredFeature(name: "\(id):findings")] }
    return recordPlugin.outputs.map { MeasuredFeature(name: "\(id):\($0.name)", kind: NameKind($0.kind)) }
  }
}

extension NameKind {
  fileprivate init(_ kind: PluginValueKind) {
    switch kind {
    case .boolean: self = .flag
    case .integer, .real: self = .number
    case .text: self = .text
    }
  }
}
