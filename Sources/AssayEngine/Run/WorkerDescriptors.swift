import AssayIngest
import CLinux

/// What the workers of a run take of the files that this process may have open.
struct WorkerDescriptors {
  var hasArenas: Bool
  var hasCompanions = false
  var isolation: Isolation

  /// Arenas for so many decoders. All of them go to a worker in one message, with the page it shows its progress on.
  static func arenaCount(workers: Int) -> Int { min(2 * workers + 2, Int(ASSAY_MAX_DESCRIPTORS) - 1) }

  /// Descriptors that decoders and one reader take, whatever the sources are.
  func count(workers: Int) -> Int {
    let arenas = hasArenas ? Self.arenaCount(workers: workers) : 0
    return 64 + arenas + (workers + 1) * perWorker(arenas) + (hasCompanions ? workers * perCompanion : 0)
  }

  /// A thread's own are this process's too, its arenas among them.
  private func perWorker(_ arenas: Int) -> Int { isolation == .process ? 6 : 6 + arenas }

  /// A socket, the slot for pixels, and both ends of the pipe for what plugins print; of threads the other side's as well.
  private var perCompanion: Int { isolation == .process ? 4 : 8 }
}
