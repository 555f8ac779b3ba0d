import AssayChannel
import CLinux

/// Runs a worker's loop on a thread of this process, for `--isolation none`.
enum WorkerThread {
  private final class Body {
    let run: () throws -> Void
    init(_ run: @escaping () throws -> Void) { self.run = run }
  }

  /// Starts the thread, detached. A loop that throws ends; the coordinator sees its socket close.
  static func start(_ run: @escaping () throws -> Void) throws(WorkerError) {
    let context = Unmanaged.passRetained(Body(run)).toOpaque()
    let status = assay_start_thread(
      { context in
        // `context` is the pointer retained above, given here exactly once.
        try? Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, context)
    guard status == 0 else { throw WorkerError("cannot start a thread: \(lastSystemError())") }
  }
}
