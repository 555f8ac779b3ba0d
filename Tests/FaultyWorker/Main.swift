import AssayCore
import AssayIngest
import CLinux
import Glibc

/// A worker for tests: `crash` in a member's name kills it with a segmentation fault, `hang` makes it sleep for ever,
/// `exit` ends it with an orderly exit. Otherwise it is the real one.
///
/// `open-file`, `connect` and `execute` crash it if the sandbox lets them.
@main
enum Main {
  /// Whether the worker can do what its sandbox is to forbid; false for every other name.
  private static func canEscape(_ name: String) -> Bool {
    if name.contains("open-file") { return open("/etc/hostname", O_RDONLY) >= 0 }
    if name.contains("connect") { return socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) >= 0 }
    if name.contains("execute") { return fork() >= 0 }
    return false
  }

  static func main() {
    assay_die_with_parent()
    setlocale(LC_ALL, "C.UTF-8")
    let loop = WorkerLoop(descriptor: 3, isProcess: true) { item in
      let name = item.locator.member ?? ""
      if name.contains("crash") { raise(SIGSEGV) }
      if name.contains("exit") { exit(9) }
      while name.contains("hang") { sleep(1) }
      if canEscape(name) { raise(SIGSEGV) }
    }
    try? loop.run()
  }
}
