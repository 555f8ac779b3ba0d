import AssayCore
import AssayPlugins

/// A test of the plan with the plugin that carries it out.
struct PlannedTest {
  let plugin: PluginDescription
  let comparator: ComparatorDescription
  /// One number for each parameter of the plugin, in its order.
  let parameters: [Double]
  /// The effect that matters; nil where the score only informs.
  let floor: Double?
  /// The effect that is a break, at least the floor; nil where none is.
  let breakFloor: Double?

  /// Throws when no such comparator is loaded, a parameter is not one of its own, or it has no threshold to be held to.
  init(_ test: ComparisonPlan.Test, _ host: ComparatorHost) throws(PluginError) {
    guard let plugin = host.plugin(test.comparator), let comparator = plugin.comparator else {
      let known = host.plugins.filter { $0.kind == .comparator }.map(\.id).joined(separator: ", ")
      throw PluginError("\(test.comparator): no such comparator; loaded: \(known.isEmpty ? "none" : known)")
    }
    self.plugin = plugin
    self.comparator = comparator
    parameters = try Self.parameters(test.parameters, plugin)
    let floor = try Self.floor(test, plugin, comparator)
    self.floor = floor
    breakFloor = test.breakFloor.map {
      comparator.largerIsDrift ? max($0, floor ?? $0) : min($0, floor ?? $0)
    }
  }

  private static func floor(
    _ test: ComparisonPlan.Test, _ plugin: PluginDescription, _ comparator: ComparatorDescription
  ) throws(PluginError) -> Double? {
    switch test.floor {
    case .none: return nil
    case .value(let value): return value
    case .standard:
      if let standard = comparator.standardThreshold { return standard }
      throw PluginError(
        "\(plugin.id): no threshold suits every feature; say which one alarms here (`threshold: ...`)")
    }
  }

  /// What the comparator says before it is asked.
  var measure: DriftMeasure {
    var measure = DriftMeasure(
      comparator: plugin.id, unit: comparator.unit, largerIsDrift: comparator.largerIsDrift, floor: floor,
      breakFloor: breakFloor)
    let (least, most) = (comparator.minimum, comparator.maximum)
    measure.range = Bounds(min: least.isFinite ? least : nil, max: most.isFinite ? most : nil)
    return measure
  }

  /// Its question about counts of both sides.
  func request(_ counts: ComparedCounts) -> ComparisonRequest {
    ComparisonRequest(
      id: plugin.id, parameters: parameters,
      counts: ComparisonCounts(
        reference: counts.reference, current: counts.current, edges: counts.edges, centers: counts.centers,
        hasMissingBin: counts.hasMissingBin))
  }

  /// Its question about vectors under labelings, the first of them the truth.
  func request(_ vectors: SampledVectors, labels: [UInt8]) -> SampleComparison {
    SampleComparison(
      id: plugin.id, parameters: parameters, rows: vectors.rows, dimensions: vectors.dimensions,
      referenceCount: vectors.referenceCount, labels: labels)
  }

  /// The same question about draws, each with a reference of its own.
  func request(_ draws: ResampledCounts, like counts: ComparedCounts) -> ComparisonRequest {
    ComparisonRequest(
      id: plugin.id, parameters: parameters,
      counts: ComparisonCounts(
        reference: draws.reference, current: draws.current, edges: counts.edges, centers: counts.centers,
        hasMissingBin: counts.hasMissingBin, bins: counts.reference.count))
  }

  private static func parameters(_ given: [String: String], _ plugin: PluginDescription) throws(PluginError)
    -> [Double]
  {
    let names = plugin.parameters.map(\.name)
    for name in given.keys.sorted() where !names.contains(name) {
      let known = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
      throw PluginError("\(plugin.id): no such parameter: \(name); \(known)")
    }
    var values: [Double] = []
    for parameter in plugin.parameters {
      guard let text = given[parameter.name] else {
        values.append(parameter.standard)
        continue
      }
      guard let value = Double(text), parameter.minimum <= value, value <= parameter.maximum else {
        throw PluginError(
          "\(plugin.id): \(parameter.name): expected a number in \(parameter.minimum)...\(parameter.maximum), found "
            + "\"\(text)\"")
      }
      values.append(value)
    }
    return values
  }

  /// Why the comparator cannot be asked of this feature; nil if it can.
  func refusal(of feature: ComparedFeature) -> String? {
    if case .vectors = feature.form {
      return comparator.input == .samples ? nil : "\(plugin.id) does not compare vectors"
    }
    if comparator.input != .counts { return "\(plugin.id) compares vectors only" }
    switch feature.form {
    case .presence: return comparator.acceptsPresence ? nil : "\(plugin.id) does not compare presence"
    case .categories, .tally, .jointHistogram:
      return comparator.acceptsCategories ? nil : "\(plugin.id) does not compare categories"
    case .ordered, .histogram:
      return comparator.acceptsOrdered ? nil : "\(plugin.id) does not compare numbers in an order"
    case .vectors: return nil
    case .incomparable(let why): return why
    }
  }
}
