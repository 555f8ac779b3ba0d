package import AssayCore
package import AssayIngest
import Glibc

/// Tells on standard error how far a run is: one line that is rewritten on a terminal, a plain line now and then
/// elsewhere. Short runs say nothing.
package final class ProgressLine: RecordConsumer {
  private let isTerminal = isatty(2) == 1
  private let start = MonotonicClock.seconds
  private var lastShown: Double
  private var count = 0
  private var rejected = 0
  private var hasShown = false

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
    let rate = Int(Double(count) / max(now - start, 0.001))
    write(
      "\(isTerminal ? "\r" : "")\(counted(count, "record")), \(rate)/s, \(rejected) rejected\(isTerminal ? "\u{1B}[K" : "\n")"
    )
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
