import CLinux
import Glibc

/// What the coordinator asks of the system for itself.
enum CoordinatorLimits {
  /// Allows as many open files as the system does, and says how many: shells often allow only 1,024.
  static func raise() -> Int { Int(clamping: assay_raise_file_limit()) }

  /// Descriptors that a worker takes of this process. A thread's own are this process's too, its arenas among them.
  private static func descriptors(perWorker arenas: Int, _ isolation: Isolation) -> Int {
    isolation == .process ? 6 : 6 + arenas
  }

  /// Arenas for so many decoders. All of them go to a worker in one message, with the page it shows its progress on.
  static func arenaCount(workers: Int) -> Int { min(2 * workers + 2, Int(ASSAY_MAX_DESCRIPTORS) - 1) }

  /// Descriptors that decoders and one reader take, whatever the sources are.
  static func descriptors(workers: Int, hasArenas: Bool, _ isolation: Isolation) -> Int {
    let arenas = hasArenas ? arenaCount(workers: workers) : 0
    return 64 + arenas + (workers + 1) * descriptors(perWorker: arenas, isolation)
  }

  /// Throws unless so many workers, and the files of two batches, can be open at once.
  static func check(
    workers: Int, hasArenas: Bool, _ isolation: Isolation, within limit: Int
  ) throws(ConfigurationError) {
    func fits(_ workers: Int) -> Bool {
      descriptors(workers: workers, hasArenas: hasArenas, isolation) + 2 * Int(ASSAY_MAX_DESCRIPTORS) <= limit
    }
    guard !fits(workers), let most = (1..<workers).last(where: fits) else { return }
    throw ConfigurationError(
      "--workers \(workers): with --isolation \(isolation.rawValue) they need more open files than the \(limit) "
        + "this system allows; use at most --workers \(most), or raise the limit (ulimit -Hn)")
  }

  /// Whether `errno` says that this process has run out of something, which is no fact about a file.
  static func isExhausted(_ number: Int32) -> Bool { [EMFILE, ENFILE, ENOMEM].contains(number) }
}
