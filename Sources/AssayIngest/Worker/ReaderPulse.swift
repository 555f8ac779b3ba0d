import AssayChannel
import CLinux

/// Tells the coordinator's clock that a reader moves on, and when it only waits: for input, or for room.
///
/// A pipe may be slow for hours. What has a deadline is computing without getting anywhere.
package final class ReaderPulse {
  private let progress: ProgressWord
  /// CPU seconds until the next move; nil where the worker is no process of its own.
  private let cpuSeconds: Int?
  private var moves: UInt64 = 0

  init(_ progress: ProgressWord, cpuSeconds: Int?) {
    self.progress = progress
    self.cpuSeconds = cpuSeconds
  }

  /// Notes that something was read, found or handed over.
  func moved() {
    moves += 1
    if let cpuSeconds { assay_limit_cpu(UInt64(cpuSeconds)) }
    report(.working)
  }

  /// Runs what may take as long as somebody else takes.
  func waiting<Answer, Failure: Error>(_ body: () throws(Failure) -> Answer) throws(Failure) -> Answer {
    report(.waiting)
    defer { report(.working) }
    return try body()
  }

  private func report(_ state: ReaderState) {
    progress.store(ProgressWord.Position(assignment: moves, item: state.rawValue))
  }
}

/// What a reader does at a moment, as its progress word says.
package enum ReaderState: Int, Sendable {
  case working = 0
  case waiting = 1
}
