import AssayCore
import AssayIngest
import CLinux
import Glibc

/// A worker for tests: `crash` in a member's name kills it with a segmentation fault, `hang` makes it sleep for ever,
/// `poison` makes it crash on a later `victim`, `exit` ends it with an orderly exit, `garbage` makes it say what no worker
/// says, `bereft` that it lost the plugin worker it never had. A source's name makes a reader lie: `overcount` of how many members it met, or never come to an end: `spin` with work, `sleep` without. Otherwise it is the real one.
///
/// `open-file`, `connect`, `execute`, `signal` and `limit` (another process) and `code` crash it if the sandbox lets them.
@main
enum Main {
  /// Set by a record that damages the worker without killing it. The worker has one thread.
  nonisolated(unsafe) private static var isPoisoned = false

  private static let parent = getppid()

  // glibc's Swift overlay has neither of the two.
  private static var canSignalParent: Bool {
    typealias Call = @convention(c) (pid_t, pid_t, Int32) -> Int32
    return unsafeBitCast(dlsym(nil, "tgkill"), to: Call.self)(parent, parent, 0) == 0
  }

  private static var canReadLimitsOfParent: Bool {
    typealias Call = @convention(c) (pid_t, Int32, UnsafeRawPointer?, UnsafeMutablePointer<rlimit>?) -> Int32
    var limit = rlimit()
    return unsafeBitCast(dlsym(nil, "prlimit"), to: Call.self)(parent, 7, nil, &limit) == 0
  }

  /// Whether memory can be made runnable, at once or later.
  private static var canMakeCode: Bool {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    if mmap(nil, 4096, PROT_READ | PROT_EXEC, flags, -1, 0) != MAP_FAILED { return true }
    return mprotect(mmap(nil, 4096, PROT_READ | PROT_WRITE, flags, -1, 0), 4096, PROT_READ | PROT_EXEC) == 0
  }

  /// Whether the worker can do what its sandbox is to forbid; false for every other name.
  private static func canEscape(_ name: String) -> Bool {
    if name.contains("open-file") { return open("/etc/hostname", O_RDONLY) >= 0 }
    if name.contains("connect") { return socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) >= 0 }
    if name.contains("execute") { return fork() >= 0 }
    if name.contains("signal") { return canSignalParent }
    if name.contains("limit") { return canReadLimitsOfParent }
    if name.contains("code") { return canMakeCode }
    return false
  }

  static func main() {
    assay_die_with_parent()
    _ = parent
    setlocale(LC_ALL, "C.UTF-8")
    let loop = WorkerLoop(descriptor: 3, isProcess: true) { item in
      let name = item.locator.member ?? ""
      if name.contains("crash") { raise(SIGSEGV) }
      if name.contains("exit") { exit(9) }
      while name.contains("hang") { sleep(1) }
      if name.contains("poison") { isPoisoned = true }
      if name.contains("victim"), isPoisoned { raise(SIGSEGV) }
      if name.contains("garbage") { say(kind: 200, "nothing that can be read") }
      if name.contains("bereft") { say(kind: 7, "\u{1}\u{0}\u{1}") }
      if canEscape(name) { raise(SIGSEGV) }
    } willRead: { reading in
      if reading.source.contains("garbage") { say(kind: 3, "nothing that can be read") }
      if reading.source.contains("overcount") { say(kind: 4, impossibleEnd) }
      while reading.source.contains("spin") {}
      while reading.source.contains("sleep") { sleep(1) }
    }
    try? loop.run()
  }

  /// The end of a source with a count that no addition survives.
  private static let impossibleEnd = """
    {"counts":{"members":9223372036854775807,"directories":9223372036854775807,"ignored":-1,"other":0,"failed":0},
    "entries":9223372036854775807,"items":0}
    """

  /// Sends a frame behind the worker's back.
  private static func say(kind: UInt8, _ text: String) {
    var frame = withUnsafeBytes(of: UInt32(text.utf8.count).littleEndian) { Array($0) }
    frame += [kind, 0, 0, 0] + Array(text.utf8)
    _ = write(3, frame, frame.count)
  }
}
