import CAssayPlugin

/// The plugins of one shared object. A library exports them with two lines:
///
///     @c(assay_plugin_entry)
///     public func entry(_ count: UnsafeMutablePointer<Int>) -> UnsafeRawPointer? {
///       PluginLibrary.export([Hellinger.self], count)
///     }
public enum PluginLibrary {
  /// The most plugins one library may export: a C function pointer has no room for a type, so each plugin has a place
  /// among functions that are there in advance.
  public static let mostPlugins = 8

  /// Makes the descriptors, which live as long as the library is loaded, and stores how many there are.
  ///
  /// Called once, first of all, before any plugin is.
  public static func export(_ plugins: [any Plugin.Type], _ count: UnsafeMutablePointer<Int>)
    -> UnsafeRawPointer?
  {
    precondition(plugins.count <= mostPlugins, "more than \(mostPlugins) plugins in one library")
    Slots.plugins = plugins
    let descriptors: [UnsafePointer<assay_plugin_t>?] = plugins.enumerated().map { slot, plugin in
      CText.immortal([descriptor(of: plugin, slot)])
    }
    count.pointee = descriptors.count
    return CText.immortal(descriptors).map { UnsafeRawPointer($0) }
  }

  private static func descriptor(of plugin: any Plugin.Type, _ slot: Int) -> assay_plugin_t {
    var descriptor = assay_plugin_t()
    descriptor.struct_size = MemoryLayout<assay_plugin_t>.size
    descriptor.abi_major = UInt32(ASSAY_ABI_MAJOR)
    descriptor.abi_minor = UInt32(ASSAY_ABI_MINOR)
    descriptor.id = CText.immortal(plugin.id)
    descriptor.title = CText.immortal(plugin.title)
    descriptor.summary = CText.immortal(plugin.summary)
    let parameters = plugin.parameters.map(parameter)
    descriptor.parameter_count = parameters.count
    descriptor.parameters = CText.immortal(parameters)
    if let comparator = plugin as? any Comparator.Type {
      descriptor.kind = assay_kind_t(ASSAY_KIND_COMPARATOR)
      descriptor.comparator = CText.immortal([table(of: comparator, slot)])
    } else if let recordPlugin = plugin as? any RecordPlugin.Type {
      let isMeasurement = plugin is any Measurement.Type
      descriptor.kind = assay_kind_t(isMeasurement ? ASSAY_KIND_MEASUREMENT : ASSAY_KIND_INVARIANT)
      descriptor.record_plugin = CText.immortal([table(of: recordPlugin, slot)])
    }
    return descriptor
  }

  private static func parameter(_ parameter: Parameter) -> assay_parameter_t {
    assay_parameter_t(
      name: CText.immortal(parameter.name), summary: CText.immortal(parameter.summary),
      minimum: parameter.range.lowerBound, maximum: parameter.range.upperBound, standard: parameter.standard)
  }

  private static func table(of comparator: any Comparator.Type, _ slot: Int) -> assay_comparator_t {
    var table = assay_comparator_t()
    table.struct_size = MemoryLayout<assay_comparator_t>.size
    table.input = assay_comparator_input_t(ASSAY_INPUT_COUNTS)
    table.accepts = comparator.accepts.rawValue
    table.preferred_bins = UInt32(comparator.preferredBins)
    table.direction = assay_direction_t(
      comparator.largerIsDrift ? ASSAY_DIRECTION_LARGER_IS_DRIFT : ASSAY_DIRECTION_SMALLER_IS_DRIFT)
    table.minimum = comparator.range.lowerBound
    table.maximum = comparator.range.upperBound
    table.unit = CText.immortal(comparator.unit)
    table.standard_threshold = comparator.threshold ?? .infinity
    table.source = CText.immortal(comparator.source)
    table.compare_counts = Slots.compare[slot]
    return table
  }

  private static func table(of plugin: any RecordPlugin.Type, _ slot: Int) -> assay_record_plugin_t {
    var table = assay_record_plugin_t()
    table.struct_size = MemoryLayout<assay_record_plugin_t>.size
    table.needs = plugin.needs.rawValue
    table.create = Slots.create[slot]
    table.destroy = { state in Instance.end(state) }
    if let measurement = plugin as? any Measurement.Type {
      let outputs = measurement.outputs.map(output)
      table.output_count = outputs.count
      table.outputs = CText.immortal(outputs)
      table.measure = { state, _, record, outputs, message in
        Instance.measure(state, record, outputs, message)
      }
    } else {
      table.check = { state, _, record, findings, message in
        Instance.check(state, record, findings, message)
      }
    }
    return table
  }

  private static func output(_ output: Output) -> assay_output_t {
    assay_output_t(
      name: CText.immortal(output.name), unit: CText.immortal(output.unit),
      summary: CText.immortal(output.summary), kind: output.kind.rawValue)
  }
}
