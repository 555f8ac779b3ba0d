import CLinux
import Glibc

/// What the coordinator asks of the system for itself.
enum CoordinatorLimits {
  /// Allows as many open files as the system does, and says how many: shells often allow only 1,024.
  static func raise() -> Int { Int(clamping: assay_raise_file_limit()) }

  /// Throws unless so many workers, and the files of two batches, can be open at once.
  static func check(workers: Int, _ needs: WorkerDescriptors, within limit: Int) throws(ConfigurationError) {
    func fits(_ workers: Int) -> Bool {
      needs.count(workers: workers) + 2 * Int(ASSAY_MAX_DESCRIPTORS) <= limit
    }
    guard !fits(workers), let most = (1..<workers).last(where: fits) else { return }
    throw ConfigurationError(
      "--workers \(workers): with --isolation \(needs.isolation.rawValue) they need more open files than the \(limit) "
        + "this system allows; use at most --workers \(most), or raise the limit (ulimit -Hn)")
  }

  /// Whether `errno` says that this process has run out of something, which is no fact about a file.
  static func isExhausted(_ number: Int32) -> Bool { [EMFILE, ENFILE, ENOMEM].contains(number) }
}
