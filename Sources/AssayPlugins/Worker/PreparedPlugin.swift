import AssayChannel
import AssayCore
import CAssayPlugin

/// A measurement or an invariant with its parameters and the state that it made of them. It lives as long as its worker.
final class PreparedPlugin {
  let plugin: LoadedPlugin
  let table: assay_record_plugin_t
  let parameters: [Double]
  private(set) var state: UnsafeMutableRawPointer?
  private var isReady = false

  /// Calls the plugin's `create`. Throws what it refuses.
  init(_ plugin: LoadedPlugin, parameters: [Double]) throws(PluginError) {
    guard let table = plugin.descriptor.pointee.record_plugin?.pointee else {
      throw PluginError("\(plugin.description.id): is a comparator and is not shown records")
    }
    self.plugin = plugin
    self.table = table
    self.parameters = parameters
    try create()
    isReady = true
  }

  private func create() throws(PluginError) {
    guard let create = table.create else { return }
    var message = MessageRoom()
    var state: UnsafeMutableRawPointer?
    let status = message.lend { create(parameters, &state, $0) }
    guard message.isIntact else { throw error("wrote beyond the room it was given") }
    guard Int(status) == Int(ASSAY_STATUS_OK) else {
      throw error(message.text.isEmpty ? "refused to start with status \(status)" : message.text)
    }
    self.state = state
  }

  deinit { if isReady { table.destroy?(state) } }

  private func error(_ reason: String) -> PluginError { PluginError("\(plugin.description.id): \(reason)") }

  /// Shows the plugin one record, and takes only an answer that keeps the contract.
  func answer(_ question: PluginQuestion, slot: SharedArena?) -> PluginAnswer {
    guard let record = LentRecord(question, slot: slot) else {
      return .failed("its pixels are not where they should be")
    }
    return plugin.description.kind == .measurement ? measure(record) : check(record)
  }
}
