import CLinux
import Glibc

/// What the coordinator asks of the system for itself.
enum CoordinatorLimits {
  /// Allows as many open files as the system does, and says how many: shells often allow only 1,024.
  static func raise() -> Int { Int(clamping: assay_raise_file_limit()) }

  /// Whether `errno` says that this process has run out of something, which is no fact about a file.
  static func isExhausted(_ number: Int32) -> Bool { [EMFILE, ENFILE, ENOMEM].contains(number) }
}
