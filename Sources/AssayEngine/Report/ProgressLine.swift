package import AssayCore
package import AssayIngest
import Glibc

/// Tells on standard error how far a run is, and how long it will take where the sources say how much there is: one line
/// that is rewritten on a terminal, a plain line now and then elsewhere. Short runs say nothing.
package final class ProgressLine: RecordConsumer {
  private let isTerminal = isatty(2) == 1
  private let start = MonotonicClock.seconds
  private var lastShown: Double
  private var count = 0
  private var rejected = 0
  private var hasShown = false
  /// Which part of the sources has been read; nil where that is not known.
  var share: () -> Double? = { nil }

  package init() { lastShown = start }

  package var needsFacts: Bool { false }

  package func consume(_ observation: Observation, from item: WorkItem) {
    count += 1
    if observation.isRejected { rejected += 1 }
    // Looking at the clock costs more than counting.
    guard count % 64 == 0 else { return }
    let now = MonotonicClock.seconds
    guard now - lastShown > (isTerminal ? 0.5 : 10) else { return }
    lastShown = now
    hasShown = true
    let line = Self.line(count: count, rejected: rejected, seconds: now - start, share: share())
    write(isTerminal ? "\r\(line)\u{1B}[K" : "\(line)\n")
  }

  /// What is said after so many seconds, when that part of the sources has been read.
  package static func line(count: Int, rejected: Int, seconds: Double, share: Double?) -> String {
    let line =
      "\(counted(count, "record")), \(Int(Double(count) / max(seconds, 0.001)))/s, \(rejected) rejected"
    // The first hundredth is start-up and reading ahead; nothing can be said from it.
    guard let share, share >= 0.01 else { return line }
    return "\(line), \(Int(share * 100)) %, \(duration(seconds * (1 - share) / share)) left"
  }

  /// A duration as people say it: `40 s`, `12 min`, `3 h 5 min`.
  private static func duration(_ seconds: Double) -> String {
    let (whole, minutes) = (Int(seconds.rounded()), Int((seconds / 60).rounded()))
    if whole < 100 { return "\(whole) s" }
    return minutes < 100 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  /// Clears the line, so that what follows starts on a clean one.
  package func finish() {
    if hasShown, isTerminal { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
  }
}
