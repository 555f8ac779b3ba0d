import AssayCore
import AssayIngest
import CLinux
import Glibc

/// A worker for tests: `crash` in a member's name kills it with a segmentation fault, `hang` makes it sleep for ever,
/// `exit` ends it with an orderly exit. Otherwise it is the real one.
@main
enum Main {
  static func main() {
    assay_die_with_parent()
    setlocale(LC_ALL, "C.UTF-8")
    let loop = WorkerLoop(descriptor: 3, isProcess: true) { item in
      let name = item.locator.member ?? ""
      if name.contains("crash") { raise(SIGSEGV) }
      if name.contains("exit") { exit(9) }
      while name.contains("hang") { sleep(1) }
    }
    try? loop.run()
  }
}
