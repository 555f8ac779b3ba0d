import AssayChannel
import AssayIngest
import CLinux
import Glibc

/// The deadline of one reader: how long it may compute without getting anywhere.
///
/// While it works, the wall clock counts; while it says that it waits, for input or for room, only the CPU time that it
/// uses nevertheless.
struct ReaderWatch {
  private let seconds: Double
  private var lastPosition = ProgressWord.Position.none
  private var lastMove = MonotonicClock.seconds
  private var lastCPU = 0.0

  init(seconds: Int) { self.seconds = Double(seconds) }

  /// Why the reader has to be ended; nil as long as it may go on. A thread cannot be ended, and has no deadline.
  mutating func verdict(on worker: WorkerProcess) -> String? {
    guard worker.isProcess else { return nil }
    let now = MonotonicClock.seconds
    guard worker.ready != nil else {
      lastMove = now
      return now - worker.start > WorkerProcess.mostStartSeconds ? "it was not ready in time" : nil
    }
    let position = worker.progress.position
    let cpu = worker.cpuSeconds
    if position != lastPosition { (lastPosition, lastMove, lastCPU) = (position, now, cpu) }
    let spent = position.item == ReaderState.waiting.rawValue ? cpu - lastCPU : now - lastMove
    return spent > seconds ? Self.reason(seconds) : nil
  }

  /// The words for a reader that passed its deadline.
  static func reason(_ seconds: Double) -> String {
    "it computed for \(Int(seconds)) s without getting anywhere (--record-timeout)"
  }
}

extension WorkerProcess {
  /// Seconds that a worker has to be able to work; more than any system needs that is not in trouble.
  static let mostStartSeconds = 60.0
}

extension WorkerProcess {
  /// Ends a reader and says why its source is incomplete: what it said, how long it took, or how it died.
  func endReading(_ fault: String?, _ overdue: String?, _ limits: RecordLimits) -> String {
    var death = end()
    death.fault = fault
    if let overdue { return "the reader was ended: \(overdue)" }
    if death.isTimeout { return "the reader was ended: \(ReaderWatch.reason(Double(limits.seconds)))" }
    return "the reader died (\(death.description))"
  }
}
