import AssayCore
import AssayPlugins

/// A test of the plan with the plugin that carries it out.
struct PlannedTest {
  let plugin: PluginDescription
  let comparator: ComparatorDescription
  /// One number for each parameter of the plugin, in its order.
  let parameters: [Double]
  /// Nil where the score only informs.
  let threshold: Double?

  /// Throws when no such comparator is loaded, a parameter is not one of its own, or it has no threshold to be held to.
  init(_ test: ComparisonPlan.Test, _ host: ComparatorHost) throws(PluginError) {
    guard let plugin = host.plugin(test.comparator), let comparator = plugin.comparator else {
      let known = host.plugins.filter { $0.kind == .comparator }.map(\.id).joined(separator: ", ")
      throw PluginError("\(test.comparator): no such comparator; loaded: \(known.isEmpty ? "none" : known)")
    }
    self.plugin = plugin
    self.comparator = comparator
    parameters = try Self.parameters(test.parameters, plugin)
    switch test.threshold {
    case .none: threshold = nil
    case .value(let value): threshold = value
    case .standard:
      guard let standard = comparator.standardThreshold else {
        throw PluginError(
          "\(plugin.id): no threshold suits every feature; say which one alarms here (`threshold: ...`)")
      }
      threshold = standard
    }
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
    if comparator.input != .counts { return "\(plugin.id) compares samples, which are not compared yet" }
    switch feature.form {
    case .presence: return comparator.acceptsPresence ? nil : "\(plugin.id) does not compare presence"
    case .categories, .tally:
      return comparator.acceptsCategories ? nil : "\(plugin.id) does not compare categories"
    case .ordered, .histogram:
      return comparator.acceptsOrdered ? nil : "\(plugin.id) does not compare numbers in an order"
    case .incomparable(let why): return why
    }
  }
}
