import AssayCore
import CAssayPlugin

/// Reads the parts of one descriptor of our ABI, and refuses what cannot be called.
struct DescriptorReader {
  let plugin: assay_plugin_t
  /// File and id, for messages.
  let name: String

  /// The most parameters or outputs one plugin may have.
  private static let mostEntries = 64

  func kind() throws(PluginError) -> PluginKind {
    switch Int(plugin.kind) {
    case Int(ASSAY_KIND_COMPARATOR): return .comparator
    case Int(ASSAY_KIND_MEASUREMENT): return .measurement
    case Int(ASSAY_KIND_INVARIANT): return .invariant
    default: throw error("unknown kind \(plugin.kind)")
    }
  }

  func parameters() throws(PluginError) -> [PluginParameter] {
    try entries(plugin.parameter_count, plugin.parameters, "parameter") { (parameter) throws(PluginError) in
      let read = PluginParameter(
        name: PluginText.read(parameter.name), summary: PluginText.read(parameter.summary),
        minimum: parameter.minimum, maximum: parameter.maximum, standard: parameter.standard)
      // Written so that a NaN anywhere fails.
      guard !read.name.isEmpty, read.standard.isFinite, read.minimum <= read.standard,
        read.standard <= read.maximum
      else {
        throw error(
          "parameter \"\(read.name)\" has the value \(read.standard) in \(read.minimum)...\(read.maximum)")
      }
      return read
    }
  }

  func comparator() throws(PluginError) -> ComparatorDescription? {
    guard plugin.kind == ASSAY_KIND_COMPARATOR else { return nil }
    guard let comparator = plugin.comparator?.pointee else { throw error("a comparator without its table") }
    try checkSize(comparator.struct_size, MemoryLayout<assay_comparator_t>.size)
    let input = try input(comparator)
    guard comparator.minimum < comparator.maximum else {
      throw error("its statistic has the range \(comparator.minimum)...\(comparator.maximum)")
    }
    let accepts = try accepts(comparator)
    return ComparatorDescription(
      input: input, acceptsOrdered: accepts & UInt32(ASSAY_ACCEPTS_ORDERED) != 0,
      acceptsCategories: accepts & UInt32(ASSAY_ACCEPTS_CATEGORIES) != 0,
      acceptsPresence: accepts & UInt32(ASSAY_ACCEPTS_PRESENCE) != 0,
      preferredBins: Int(min(comparator.preferred_bins, 1 << 20)),
      largerIsDrift: comparator.direction != ASSAY_DIRECTION_SMALLER_IS_DRIFT, minimum: comparator.minimum,
      maximum: comparator.maximum, unit: PluginText.read(comparator.unit),
      standardThreshold: comparator.standard_threshold.isFinite ? comparator.standard_threshold : nil,
      source: PluginText.read(comparator.source), nullLaw: try nullLaw(comparator))
  }

  private func nullLaw(_ comparator: assay_comparator_t) throws(PluginError) -> NullLaw? {
    switch Int(comparator.null_law) {
    case Int(ASSAY_NULL_LAW_NONE): return nil
    case Int(ASSAY_NULL_LAW_KOLMOGOROV): return .kolmogorov
    case Int(ASSAY_NULL_LAW_CHI_SQUARE): return .chiSquare
    default: throw error("unknown null law \(comparator.null_law)")
    }
  }

  private func input(_ comparator: assay_comparator_t) throws(PluginError) -> ComparatorDescription.Input {
    let isCallable: Bool
    let input: ComparatorDescription.Input
    switch Int(comparator.input) {
    case Int(ASSAY_INPUT_COUNTS): (input, isCallable) = (.counts, comparator.compare_counts != nil)
    case Int(ASSAY_INPUT_SAMPLES): (input, isCallable) = (.samples, comparator.compare_samples != nil)
    default: throw error("unknown input \(comparator.input)")
    }
    guard isCallable else { throw error("its function for \(input.rawValue) is NULL") }
    return input
  }

  private func accepts(_ comparator: assay_comparator_t) throws(PluginError) -> UInt32 {
    let known =
      UInt32(ASSAY_ACCEPTS_ORDERED) | UInt32(ASSAY_ACCEPTS_CATEGORIES) | UInt32(ASSAY_ACCEPTS_PRESENCE)
      | UInt32(ASSAY_ACCEPTS_VECTORS)
    guard comparator.accepts != 0, comparator.accepts & ~known == 0 else {
      throw error("it accepts features of unknown kinds (\(comparator.accepts))")
    }
    return comparator.accepts
  }

  func recordPlugin() throws(PluginError) -> RecordPluginDescription? {
    guard plugin.kind != ASSAY_KIND_COMPARATOR else { return nil }
    guard let table = plugin.record_plugin?.pointee else {
      throw error("a plugin for records without its table")
    }
    try checkSize(table.struct_size, MemoryLayout<assay_record_plugin_t>.size)
    let isMeasurement = plugin.kind == ASSAY_KIND_MEASUREMENT
    guard isMeasurement ? table.measure != nil : table.check != nil else {
      throw error("its function \(isMeasurement ? "measure" : "check") is NULL")
    }
    let outputs = isMeasurement ? try outputs(table) : []
    if isMeasurement, outputs.isEmpty { throw error("a measurement that gives no values") }
    return RecordPluginDescription(
      needsPixels: table.needs & UInt32(ASSAY_NEEDS_PIXELS) != 0,
      needsFields: table.needs & UInt32(ASSAY_NEEDS_FIELDS) != 0,
      needsFeatures: table.needs & UInt32(ASSAY_NEEDS_FEATURES) != 0, outputs: outputs)
  }

  private func outputs(_ table: assay_record_plugin_t) throws(PluginError) -> [PluginOutput] {
    try entries(table.output_count, table.outputs, "output") { (output) throws(PluginError) in
      let kinds: [Int: PluginValueKind] = [
        Int(ASSAY_VALUE_BOOLEAN): .boolean, Int(ASSAY_VALUE_INTEGER): .integer, Int(ASSAY_VALUE_REAL): .real,
        Int(ASSAY_VALUE_TEXT): .text,
      ]
      let name = PluginText.read(output.name)
      guard !name.isEmpty, let kind = kinds[Int(output.kind)] else {
        throw error("output \"\(name)\" is of unknown kind \(output.kind)")
      }
      return PluginOutput(
        name: name, unit: PluginText.read(output.unit), summary: PluginText.read(output.summary), kind: kind)
    }
  }

  private func entries<Entry, Result>(
    _ count: Int, _ first: UnsafePointer<Entry>?, _ what: String,
    _ read: (Entry) throws(PluginError) -> Result
  ) throws(PluginError) -> [Result] {
    guard (0...Self.mostEntries).contains(count), count == 0 || first != nil else {
      throw error("\(count) \(what)s, expected a table of at most \(Self.mostEntries)")
    }
    guard let first else { return [] }
    var results: [Result] = []
    for index in 0..<count { results.append(try read(first[index])) }
    return results
  }

  private func checkSize(_ found: Int, _ expected: Int) throws(PluginError) {
    guard found >= expected else { throw error("a table of \(found) bytes; set its struct_size") }
  }

  private func error(_ what: String) -> PluginError { PluginError("\(name): \(what)") }
}
