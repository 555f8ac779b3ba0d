import AssayCore
package import AssayPlugins

/// What a plugin says of itself, as a page for people.
package enum PluginPage {
  /// Several lines, the last one ended.
  package static func text(of plugin: PluginDescription) -> String {
    var page = TextPage()
    page.line("\(plugin.id)  \(plugin.kind.rawValue)  \(plugin.title)")
    page.line("")
    page.line("  \(plugin.summary)")
    page.line("")
    if let comparator = plugin.comparator { add(comparator, &page) }
    if let recordPlugin = plugin.recordPlugin { add(recordPlugin, &page) }
    for parameter in plugin.parameters {
      page.line(
        "  parameter  \(parameter.name) = \(parameter.standard), in \(parameter.minimum)...\(parameter.maximum): "
          + parameter.summary)
    }
    page.line(
      "  file       \(plugin.file), \(plugin.isPinned ? "pinned" : "unpinned"), sha256 \(plugin.sha256)")
    page.line("  abi        \(plugin.abiMajor).\(plugin.abiMinor)")
    return page.text
  }

  private static func add(_ comparator: ComparatorDescription, _ page: inout TextPage) {
    let accepts = [
      (comparator.acceptsOrdered, "ordered features"), (comparator.acceptsCategories, "categories"),
      (comparator.acceptsPresence, "presence"),
    ].filter(\.0).map(\.1).joined(separator: ", ")
    let unit = comparator.unit.isEmpty ? "" : " (\(comparator.unit))"
    page.line("  compares   \(accepts)")
    page.line(
      "  statistic  \(comparator.minimum)...\(comparator.maximum)\(unit), "
        + "\(comparator.largerIsDrift ? "larger" : "smaller") is drift")
    page.line("  threshold  \(comparator.standardThreshold.map(DisplayNumber.text) ?? "none of its own")")
    page.line("  source     \(comparator.source)")
  }

  private static func add(_ plugin: RecordPluginDescription, _ page: inout TextPage) {
    let needs = [
      (plugin.needsPixels, "pixels"), (plugin.needsFields, "fields"), (plugin.needsFeatures, "features"),
    ].filter(\.0).map(\.1)
    page.line("  needs      \(needs.isEmpty ? "image sizes only" : needs.joined(separator: ", "))")
    for output in plugin.outputs {
      let unit = output.unit.isEmpty ? "" : " (\(output.unit))"
      page.line("  gives      \(output.name): \(output.kind.rawValue)\(unit) \(output.summary)".trimmedEnd)
    }
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
