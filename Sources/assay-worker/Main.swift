import AssayIngest
import AssayPlugins
import CLinux
import Glibc

/// A worker: everything it is told and everything it answers goes through descriptor 3.
@main
enum Main {
  static func main() {
    assay_die_with_parent()
    setlocale(LC_ALL, "C.UTF-8")
    do {
      if CommandLine.arguments.dropFirst().first == "plugin" {
        try PluginWorkerLoop(descriptor: 3, isProcess: true).run()
      } else {
        try WorkerLoop(descriptor: 3, isProcess: true).run()
      }
    } catch {
      complain("assay-worker: \(error)\n")
      exit(4)
    }
  }

  private static func complain(_ text: String) {
    _ = text.utf8.withContiguousStorageIfAvailable { write(2, $0.baseAddress, $0.count) }
  }
}
