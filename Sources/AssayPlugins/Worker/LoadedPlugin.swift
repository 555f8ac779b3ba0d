import CAssayPlugin

/// One plugin of a loaded library, its descriptor read and checked once.
struct LoadedPlugin {
  let description: PluginDescription
  let descriptor: UnsafePointer<assay_plugin_t>

  /// Checks the ABI first: nothing behind it is read from a plugin of another version.
  init(_ descriptor: UnsafePointer<assay_plugin_t>, file: PluginFile, sha256: String) throws(PluginError) {
    let plugin = descriptor.pointee
    guard plugin.abi_major == ASSAY_ABI_MAJOR, plugin.abi_minor == ASSAY_ABI_MINOR else {
      throw PluginError(
        "\(file.path): built for plugin ABI \(plugin.abi_major).\(plugin.abi_minor), this assay has "
          + "\(ASSAY_ABI_MAJOR).\(ASSAY_ABI_MINOR); rebuild it with this version's header")
    }
    guard let id = plugin.id.map({ String(cString: $0) }), Self.isIdentifier(id) else {
      throw PluginError("\(file.path): an id must be reverse.domain.name/revision")
    }
    self.descriptor = descriptor
    description = PluginDescription(
      id: id, kind: try Self.kind(plugin, id), title: Self.text(plugin.title),
      summary: Self.text(plugin.summary),
      parameters: Self.parameters(plugin), comparator: try Self.comparator(plugin, id), file: file.file,
      sha256: sha256, isPinned: file.pin != nil, abiMajor: Int(plugin.abi_major),
      abiMinor: Int(plugin.abi_minor))
  }

  private static func isIdentifier(_ id: String) -> Bool {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, Int(parts[1]) ?? 0 > 0 else { return false }
    let names = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    return names.count >= 2
      && names.allSatisfy {
        !$0.isEmpty
          && $0.utf8.allSatisfy {
            $0 < 0x80
              && ($0 == 0x2D || Character(UnicodeScalar($0)).isLetter
                || Character(UnicodeScalar($0)).isNumber)
          }
      }
  }

  private static func kind(_ plugin: assay_plugin_t, _ id: String) throws(PluginError) -> PluginKind {
    switch Int(plugin.kind) {
    case Int(ASSAY_KIND_COMPARATOR): return .comparator
    case Int(ASSAY_KIND_MEASUREMENT): return .measurement
    case Int(ASSAY_KIND_INVARIANT): return .invariant
    default: throw PluginError("\(id): unknown kind \(plugin.kind)")
    }
  }

  private static func parameters(_ plugin: assay_plugin_t) -> [PluginParameter] {
    (0..<plugin.parameter_count).map { index in
      let parameter = plugin.parameters[index]
      return PluginParameter(
        name: text(parameter.name), summary: text(parameter.summary), minimum: parameter.minimum,
        maximum: parameter.maximum, standard: parameter.standard)
    }
  }

  private static func comparator(
    _ plugin: assay_plugin_t, _ id: String
  ) throws(PluginError) -> ComparatorDescription? {
    guard plugin.kind == ASSAY_KIND_COMPARATOR else { return nil }
    guard let comparator = plugin.comparator?.pointee else {
      throw PluginError("\(id): a comparator without a comparator table")
    }
    let takesCounts = comparator.input == ASSAY_INPUT_COUNTS
    guard takesCounts ? comparator.compare_counts != nil : comparator.compare_samples != nil else {
      throw PluginError("\(id): the function for its declared input is NULL")
    }
    return ComparatorDescription(
      input: takesCounts ? .counts : .samples,
      acceptsOrdered: comparator.accepts & UInt32(ASSAY_ACCEPTS_ORDERED) != 0,
      acceptsCategories: comparator.accepts & UInt32(ASSAY_ACCEPTS_CATEGORIES) != 0,
      preferredBins: Int(comparator.preferred_bins),
      largerIsDrift: comparator.direction != ASSAY_DIRECTION_SMALLER_IS_DRIFT,
      minimum: comparator.minimum.isFinite ? comparator.minimum : nil,
      maximum: comparator.maximum.isFinite ? comparator.maximum : nil, unit: text(comparator.unit),
      standardThreshold: comparator.standard_threshold.isFinite ? comparator.standard_threshold : nil,
      source: text(comparator.source))
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
