import AssayChannel
import AssayCore
import AssayIngest
import CLinux
import FoundationEssentials
import Glibc

/// One worker as the coordinator sees it: a process, or a thread when isolation is off.
final class WorkerProcess {
  let channel: ControlChannel
  let progress: ProgressWord
  let start = MonotonicClock.seconds
  /// What the worker said of itself; nil until it is ready.
  var ready: WorkerReady?
  private let process: pid_t?
  /// What the worker writes to standard error, kept in memory for the moment it dies.
  private let errors: Int32

  /// Starts a worker and configures it. Throws when it cannot be started.
  init(role: WorkerRole, setup: WorkerSetup) throws {
    var pair: [Int32] = [-1, -1]
    guard assay_socket_pair(&pair) == 0 else {
      throw WorkerError("cannot create a socket: \(lastSystemError())")
    }
    channel = ControlChannel(descriptor: pair[0], takesDescriptors: false)
    progress = try ProgressWord.create()
    errors = assay_memory_file("assay-worker-errors")
    process = try Self.start(role, setup, socket: pair[1], errors: errors)
    let plan = WorkerPlan(
      role: role, isIsolated: setup.isolation == .process, limits: setup.limits,
      arenaCount: setup.arenas.count,
      reading: role == .decoder ? setup.reading : RecordReadingPlan())
    try channel.send(
      .configure(plan), descriptors: [progress.descriptor] + setup.arenas.map(\.descriptor))
  }

  deinit {
    if let process, !hasEnded {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    if errors >= 0 { close(errors) }
  }

  private static func start(_ role: WorkerRole, _ setup: WorkerSetup, socket: Int32, errors: Int32) throws
    -> pid_t?
  {
    guard setup.isolation == .process else {
      try WorkerThread.start { try WorkerLoop(descriptor: socket, isProcess: false).run() }
      return nil
    }
    defer { close(socket) }
    let process = assay_spawn_worker(setup.executable, role.rawValue, socket, errors)
    guard process > 0 else { throw WorkerError("cannot start \(setup.executable): \(lastSystemError())") }
    return process
  }

  private var hasEnded = false

  /// Whether it can be ended, and has CPU time of its own.
  var isProcess: Bool { process != nil }

  /// CPU time used so far; 0 where it is no process or has ended.
  var cpuSeconds: Double {
    var clock = clockid_t()
    var time = timespec()
    guard let process, !hasEnded, clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0
    else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Ends the worker, whatever it is doing, and says how it ended.
  func end() -> WorkerDeath {
    guard let process, !hasEnded else { return WorkerDeath(signal: 0, code: 0, lastWords: "") }
    hasEnded = true
    // Where the socket closed by itself the process is a zombie already, and keeps the status it died with.
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return WorkerDeath(
      signal: assay_status_signal(status), code: assay_status_code(status), lastWords: lastWords())
  }

  private func lastWords() -> String {
    let length = lseek(errors, 0, SEEK_END)
    guard length > 0 else { return "" }
    let count = min(Int(length), 400)
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { pread(errors, $0.baseAddress, count, length - off_t(count)) }
    let text = String(decoding: bytes[..<max(0, got)], as: UTF8.self)
    return text.split(separator: "\n").first.map(String.init) ?? ""
  }
}

/// How a worker ended.
struct WorkerDeath {
  var signal: Int32
  var code: Int32
  var lastWords: String
  /// What it said that no worker says, where it was ended for that.
  var fault: String?

  /// Whether it used up its CPU time.
  var isTimeout: Bool { signal == SIGXCPU }

  var description: String {
    if let fault { return "it broke the protocol: \(fault)" }
    let how = signal != 0 ? String(cString: strsignal(signal)) : "exit code \(code)"
    return lastWords.isEmpty ? how : "\(how): \(lastWords)"
  }
}

/// What all workers of a run are started with.
struct WorkerSetup {
  var executable: String
  var isolation: Isolation
  var limits: RecordLimits
  var arenas: [SharedArena]
  var reading: RecordReadingPlan
  /// What stands beside each decoder; nil where no plugin is used.
  var companions: CompanionPlan?
}

/// Whether untrusted bytes are touched in processes of their own.
package enum Isolation: String, Sendable, CaseIterable {
  case process, none
}
