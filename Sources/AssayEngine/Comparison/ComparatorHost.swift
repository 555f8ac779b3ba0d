import AssayChannel
import AssayIngest
package import AssayPlugins
import CLinux
import Glibc

/// The comparators of a run, loaded in a worker of their own and called in batches.
package final class ComparatorHost {
  /// What is loaded, in the order of the registry.
  package let plugins: [PluginDescription]
  private let channel: ControlChannel
  private let process: pid_t?
  private var isDead = false

  /// Starts the worker and loads every plugin of the registry. Throws `PluginError` when one cannot be trusted or
  /// loaded.
  package init(registry: PluginRegistry, isolation: Isolation, requiresPins: Bool = false) throws {
    let files = try registry.files(requiresPins: requiresPins)
    var pair: [Int32] = [-1, -1]
    guard assay_socket_pair(&pair) == 0 else {
      throw WorkerError("cannot create a socket: \(lastSystemError())")
    }
    channel = ControlChannel(descriptor: pair[0])
    process = try Self.start(isolation, socket: pair[1])
    plugins = try Self.load(files, isolation, channel)
  }

  deinit {
    guard let process else { return }
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  private static func start(_ isolation: Isolation, socket: Int32) throws -> pid_t? {
    guard isolation == .process else {
      try WorkerThread.start { try PluginWorkerLoop(descriptor: socket, isProcess: false).run() }
      return nil
    }
    defer { close(socket) }
    let executable = try WorkerExecutable.path()
    let process = assay_spawn_worker(executable, "plugin", socket, 2)
    guard process > 0 else { throw WorkerError("cannot start \(executable): \(lastSystemError())") }
    return process
  }

  private static func load(
    _ files: [PluginFile], _ isolation: Isolation, _ channel: ControlChannel
  ) throws -> [PluginDescription] {
    var descriptors: [Int32] = []
    defer { for descriptor in descriptors { close(descriptor) } }
    for file in files {
      let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { throw PluginError("\(file.path): \(lastSystemError())") }
      descriptors.append(descriptor)
    }
    let loading = PluginLoading(isIsolated: isolation == .process, files: files)
    try PluginRequest.load(loading).send(on: channel, descriptors: descriptors)
    guard let frame = try channel.receive() else {
      throw PluginError(
        "a plugin ended its worker while it was loaded: \(files.map(\.path).joined(separator: ", "))")
    }
    switch try PluginReply(frame) {
    case .loaded(let plugins): return plugins
    case .failed(let error): throw error
    case .statistics, .notApplicable: throw WorkerError("a plugin worker answered out of turn")
    }
  }

  /// The plugin of that id, or of that id without its revision when only one revision is loaded.
  package func plugin(_ name: String) -> PluginDescription? {
    if let exact = plugins.first(where: { $0.id == name }) { return exact }
    let revisions = plugins.filter { $0.id.hasPrefix(name + "/") }
    return revisions.count == 1 ? revisions[0] : nil
  }

  /// What one batched call came to. A comparator that crashes or hangs fails this call and every later one.
  package enum Outcome: Sendable {
    case statistics([Double])
    case notApplicable(String)
    case failed(String)
  }

  package func compare(_ request: ComparisonRequest) throws -> Outcome {
    guard !isDead else { return .failed("\(request.id): its worker is gone") }
    try? PluginRequest.compare(request).send(on: channel)
    var polled = pollfd(fd: channel.descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      if let frame = try channel.buffered() { return try outcome(frame) }
      guard poll(&polled, 1, Self.deadlineMilliseconds) > 0 else {
        return die("\(request.id): no answer within \(Self.deadlineMilliseconds / 1000) s")
      }
      guard try channel.fill() else { return die("\(request.id): crashed") }
    }
  }

  private static let deadlineMilliseconds: Int32 = 60_000

  private func die(_ reason: String) -> Outcome {
    isDead = true
    if let process { kill(process, SIGKILL) }
    return .failed(reason)
  }

  private func outcome(_ frame: Frame) throws -> Outcome {
    switch try PluginReply(frame) {
    case .statistics(let values): return .statistics(values)
    case .notApplicable(let reason): return .notApplicable(reason)
    case .failed(let error): return .failed(error.description)
    case .loaded: throw WorkerError("a plugin worker answered out of turn")
    }
  }
}
