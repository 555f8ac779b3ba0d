import AssayChannel
import CLinux
import Glibc

/// The life of a plugin worker: it loads what it is told to and answers until its socket closes.
package struct PluginWorkerLoop {
  private let channel: ControlChannel
  private let isProcess: Bool

  /// The most memory a worker with plugins may have, in bytes.
  private static let dataLimit: UInt64 = 4 << 30

  /// Serves on `descriptor`, which is adopted. `isProcess` is false for a thread of the coordinator.
  package init(descriptor: Int32, isProcess: Bool) {
    channel = ControlChannel(descriptor: descriptor)
    self.isProcess = isProcess
  }

  /// Returns when the coordinator closed the socket. Throws when the protocol is broken.
  package func run() throws {
    var plugins: [String: LoadedPlugin] = [:]
    var isolation: IsolationReport?
    while let frame = try channel.receive() {
      defer { for descriptor in frame.descriptors { close(descriptor) } }
      switch try PluginRequest(frame) {
      case .load(let loading):
        // The sandbox first: a library's constructors run as soon as it is mapped.
        let inForce = isolation ?? enterSandbox(loading)
        isolation = inForce
        try load(loading.file, frame.descriptors.first, inForce, &plugins).send(on: channel)
      case .compare(let request):
        let reply = plugins[request.id]?.compare(request) ?? .failed(PluginError("\(request.id): not loaded"))
        try reply.send(on: channel)
      }
    }
  }

  private func enterSandbox(_ loading: PluginLoading) -> IsolationReport {
    guard isProcess, loading.isIsolated else { return .none }
    return .enteringForPlugins(dataLimit: Self.dataLimit)
  }

  private func load(
    _ file: PluginFile, _ descriptor: Int32?, _ isolation: IsolationReport,
    _ plugins: inout [String: LoadedPlugin]
  ) -> PluginReply {
    guard let descriptor else { return .failed(PluginError("\(file.path): came without its bytes")) }
    do throws(PluginError) {
      let loaded = try LoadedLibrary(file, descriptor: descriptor).plugins
      for plugin in loaded { plugins[plugin.description.id] = plugin }
      return .loaded(loaded.map(\.description), isolation)
    } catch {
      return .failed(error)
    }
  }
}
