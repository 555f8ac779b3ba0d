import AssayChannel
import AssayCore
import CLinux
import Glibc

/// The life of a plugin worker: it loads what it is told to and answers until its socket closes.
package final class PluginWorkerLoop {
  private let channel: ControlChannel
  private let isProcess: Bool
  /// What is in force since the first file was loaded.
  private var isolation: IsolationReport?
  private var plugins: [String: LoadedPlugin] = [:]
  /// In the order in which they were prepared.
  private var prepared: [PreparedPlugin] = []
  /// Where a decoder leaves pixels; mapped for reading only.
  private var slot: SharedArena?

  /// The most memory a worker with plugins may have, in bytes.
  private static let dataLimit: UInt64 = 4 << 30

  /// Serves on `descriptor`, which is adopted. `isProcess` is false for a thread of the coordinator.
  package init(descriptor: Int32, isProcess: Bool) {
    channel = ControlChannel(descriptor: descriptor)
    self.isProcess = isProcess
  }

  /// Returns when the other side closed the socket. Throws when the protocol is broken.
  package func run() throws {
    while let frame = try channel.receive() {
      var descriptors = frame.descriptors
      defer { for descriptor in descriptors { close(descriptor) } }
      switch try PluginRequest(frame) {
      case .load(let loading):
        // The sandbox first: a library's constructors run as soon as it is mapped.
        let inForce = isolation ?? enterSandbox(loading)
        isolation = inForce
        try load(loading.file, descriptors.first, inForce).send(on: channel)
      case .compare(let request):
        let reply = plugins[request.id]?.compare(request) ?? .failed(PluginError("\(request.id): not loaded"))
        try reply.send(on: channel)
      case .compareSamples(let comparison):
        let reply =
          plugins[comparison.id]?.compare(comparison)
          ?? .failed(PluginError("\(comparison.id): not loaded"))
        try reply.send(on: channel)
      case .prepare(let preparation):
        forbidNewCode()
        if !descriptors.isEmpty {
          slot = SharedArena(descriptor: descriptors.removeFirst(), writable: false)
        }
        try prepare(preparation).send(on: channel)
      case .observe(let question):
        guard prepared.indices.contains(question.plugin) else {
          throw WorkerError("a plugin worker was asked of plugin \(question.plugin)")
        }
        try PluginReply.answer(prepared[question.plugin].answer(question, slot: slot)).send(on: channel)
      }
    }
  }

  private func enterSandbox(_ loading: PluginLoading) -> IsolationReport {
    guard isProcess, loading.isIsolated else { return .none }
    return .enteringForPlugins(dataLimit: Self.dataLimit)
  }

  /// Whoever prepares for records has loaded every file: what records bring must not become code. Files that come later fail
  /// to load. Comparators are never prepared, and may be loaded one after the other.
  private func forbidNewCode() {
    guard prepared.isEmpty, isolation?.systemCallFilter == true else { return }
    // What the kernel lacks is no error, here as in the sandbox.
    _ = assay_forbid_new_code()
  }

  private func load(_ file: PluginFile, _ descriptor: Int32?, _ isolation: IsolationReport) -> PluginReply {
    guard let descriptor else { return .failed(PluginError("\(file.path): came without its bytes")) }
    do throws(PluginError) {
      let loaded = try LoadedLibrary(file, descriptor: descriptor).plugins
      for plugin in loaded { plugins[plugin.description.id] = plugin }
      return .loaded(loaded.map(\.description), isolation)
    } catch {
      return .failed(error)
    }
  }

  private func prepare(_ preparation: PluginPreparation) -> PluginReply {
    guard let plugin = plugins[preparation.id] else {
      return .failed(PluginError("\(preparation.id): not loaded"))
    }
    do throws(PluginError) {
      prepared.append(try PreparedPlugin(plugin, parameters: preparation.parameters))
      return .prepared
    } catch {
      return .failed(error)
    }
  }
}
