import AssayChannel
import AssayIngest
import AssayPlugins
import CLinux
import Glibc

/// One worker that loads and calls plugins, and whether it still lives.
final class PluginWorker {
  /// What came of a question.
  enum Answer {
    case reply(PluginReply)
    /// The worker is gone, and this is why: `crashed (signal 11, Segmentation fault)`.
    case died(PluginFailure.Kind, String)
  }

  /// What `end` says of a worker that would not end by itself.
  static let endedByUs = "was ended"

  private let channel: ControlChannel
  private let isolation: Isolation
  private var process: pid_t?
  private let errors: PluginErrors
  /// The paths of the files that are loaded in it.
  private(set) var loaded: Set<String> = []
  /// What is in force around them; nil where nothing was loaded.
  private(set) var inForce: IsolationReport?

  /// Starts a worker; a thread of this process without isolation. `errors` takes what its plugins print.
  init(_ isolation: Isolation, errors: PluginErrors) throws {
    self.isolation = isolation
    self.errors = errors
    var pair: [Int32] = [-1, -1]
    guard assay_socket_pair(&pair) == 0 else {
      throw WorkerError("cannot create a socket: \(lastSystemError())")
    }
    channel = ControlChannel(descriptor: pair[0], takesDescriptors: false)
    process = try Self.start(isolation, socket: pair[1], errors: errors)
  }

  deinit { _ = end(afterCrash: false) }

  private static func start(_ isolation: Isolation, socket: Int32, errors: PluginErrors) throws -> pid_t? {
    guard isolation == .process else {
      try WorkerThread.start { try PluginWorkerLoop(descriptor: socket, isProcess: false).run() }
      return nil
    }
    defer { close(socket) }
    let executable = try WorkerExecutable.path()
    let process = assay_spawn_worker(executable, "plugin", socket, errors.output)
    guard process > 0 else { throw WorkerError("cannot start \(executable): \(lastSystemError())") }
    return process
  }

  /// Its socket, for a decoder that is to talk to it.
  var descriptor: Int32 { channel.descriptor }

  /// Loads one file. Throws `PluginError` when it cannot be trusted or loaded.
  func load(_ file: PluginFile, within milliseconds: Int) throws -> [PluginDescription] {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      let advice =
        file.pin == nil ? "" : "; if it was removed on purpose, run `assay plugin pin \(file.folder)`"
      throw PluginError("\(file.path): \(lastSystemError())\(advice)")
    }
    defer { close(descriptor) }
    let request = PluginRequest.load(PluginLoading(isIsolated: isolation == .process, file: file))
    switch ask(request, [descriptor], within: milliseconds) {
    case .reply(.loaded(let plugins, let inForce)):
      self.inForce = inForce
      loaded.insert(file.path)
      return plugins
    case .reply(.failed(let error)): throw error
    case .reply: throw WorkerError("a plugin worker answered out of turn")
    case .died(_, let reason):
      throw PluginError("\(file.path): \(reason) while it was loaded; remove it from the folder or repair it")
    }
  }

  /// Sends one request and waits for the reply, at most so long. A worker that died answers no more.
  func ask(_ request: PluginRequest, _ descriptors: [Int32] = [], within milliseconds: Int) -> Answer {
    do {
      try request.send(on: channel, descriptors: descriptors)
      guard let frame = try frame(within: milliseconds) else {
        _ = end(afterCrash: false)
        return .died(.timeout, "no answer within \(Self.seconds(milliseconds)) s")
      }
      return .reply(try PluginReply(frame))
    } catch is ChannelEnd {
      return .died(.crashed, end(afterCrash: true))
    } catch {
      // A plugin shares its process with our loop, so what comes from there may be anything.
      let reason = end(afterCrash: true)
      return .died(.crashed, reason.hasPrefix("crashed") ? reason : "broke its worker: \(error)")
    }
  }

  /// The worker closed its socket.
  private struct ChannelEnd: Error {}

  /// The next frame; nil when the time is over.
  private func frame(within milliseconds: Int) throws -> Frame? {
    let clock = ContinuousClock()
    let deadline = clock.now + .milliseconds(milliseconds)
    var polled = pollfd(fd: channel.descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      if let frame = try channel.buffered() { return frame }
      let left = clock.now.duration(to: deadline)
      guard left > .zero else { return nil }
      let ready = poll(&polled, 1, Int32(min(left / .milliseconds(1) + 1, 100)))
      errors.drain()
      if ready < 0, errno != EINTR { throw WorkerError("cannot wait for a worker: \(lastSystemError())") }
      if ready > 0, try !channel.fill() { throw ChannelEnd() }
    }
  }

  /// Ends the process, if it has not ended by itself, and says how it went. Whoever waits for its answer waits no more.
  func end(afterCrash: Bool) -> String {
    shutdown(channel.descriptor, Int32(SHUT_RDWR))
    guard let process else { return "ended its worker" }
    self.process = nil
    defer { errors.finishLine() }
    // A process whose socket closed is ending, and only its own end says how; one that merely closed it is made to end.
    var status: Int32 = 0
    var result: pid_t = 0
    for _ in 0..<(afterCrash ? 200 : 0) where result == 0 {
      result = waitpid(process, &status, WNOHANG)
      if result == 0 { usleep(1000) }
    }
    if result == 0 {
      kill(process, SIGKILL)
      waitpid(process, &status, 0)
      return Self.endedByUs
    }
    let signal = assay_status_signal(status)
    return signal == 0
      ? "ended its worker with code \(assay_status_code(status))"
      : "crashed (signal \(signal), \(String(cString: strsignal(signal))))"
  }

  private static func seconds(_ milliseconds: Int) -> String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000)" : "\(Double(milliseconds) / 1000)"
  }
}
