import AssayChannel
import CLinux

/// The life of a plugin worker: it loads what it is told to and answers until its socket closes.
package struct PluginWorkerLoop {
  private let channel: ControlChannel
  private let isProcess: Bool

  /// Serves on `descriptor`, which is adopted. `isProcess` is false for a thread of the coordinator.
  package init(descriptor: Int32, isProcess: Bool) {
    channel = ControlChannel(descriptor: descriptor)
    self.isProcess = isProcess
  }

  /// Returns when the coordinator closed the socket. Throws when the protocol is broken.
  package func run() throws {
    var plugins: [String: LoadedPlugin] = [:]
    while let frame = try channel.receive() {
      switch try PluginRequest(frame) {
      case .load(let loading):
        // The sandbox first: a library's constructors run as soon as it is mapped.
        if isProcess, loading.isIsolated { _ = assay_enter_plugin_sandbox(4 << 30) }
        try load(loading, frame.descriptors, &plugins).send(on: channel)
      case .compare(let request):
        let reply = plugins[request.id]?.compare(request) ?? .failed(PluginError("\(request.id): not loaded"))
        try reply.send(on: channel)
      }
    }
  }

  private func load(
    _ loading: PluginLoading, _ descriptors: [Int32], _ plugins: inout [String: LoadedPlugin]
  ) -> PluginReply {
    var files: [String: PluginFile] = [:]
    var descriptions: [PluginDescription] = []
    do throws(PluginError) {
      for (file, descriptor) in zip(loading.files, descriptors) {
        for plugin in try LoadedLibrary(file, descriptor: descriptor).plugins {
          let id = plugin.description.id
          if let other = files[id] {
            throw PluginError("\(id): both \(other.path) and \(file.path) say they are it; remove one")
          }
          files[id] = file
          plugins[id] = plugin
          descriptions.append(plugin.description)
        }
      }
    } catch {
      return .failed(error)
    }
    return .loaded(descriptions)
  }
}
