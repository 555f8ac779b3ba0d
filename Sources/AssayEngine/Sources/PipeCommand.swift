import AssayChannel
import AssayIngest
import CLinux
import Glibc

/// A shell command whose output is a source (`pipe:COMMAND`).
final class PipeCommand {
  /// The reading end of its standard output.
  let output: Int32
  private let command: String
  private let process: pid_t

  /// Starts the command. Throws if it cannot be started.
  init(_ command: String) throws(SourceError) {
    var ends: [Int32] = [-1, -1]
    guard assay_pipe(&ends) == 0 else {
      throw SourceError(source: "pipe:\(command)", reason: lastSystemError())
    }
    self.command = command
    output = ends[0]
    process = assay_spawn_shell(command, ends[1])
    close(ends[1])
    guard process > 0 else { throw SourceError(source: "pipe:\(command)", reason: lastSystemError()) }
  }

  /// A command nobody waited for is ended, with all that it started.
  deinit {
    // One that could not be started has no process, and -1 would mean others.
    if process > 0, !hasEnded { _ = finish(isOfUse: false) }
  }

  private var hasEnded = false

  private func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    hasEnded = true
    assay_release_shell(process)
    return status
  }

  /// Waits for the end and gives the reason why the stream may be short, if there is one. The reading end must be
  /// closed by now: a command that goes on writing after the container's end is told so by SIGPIPE, and that is fine.
  /// A command whose output is of no use any more is ended, with all that it started, if it has not ended by itself.
  func finish(isOfUse: Bool) -> String? {
    if !isOfUse { kill(-process, SIGTERM) }
    let status = wait()
    let signal = assay_status_signal(status)
    if signal == SIGPIPE || (signal == SIGTERM && !isOfUse) { return nil }
    if signal != 0 { return "the command was ended by a signal: \(String(cString: strsignal(signal)))" }
    let code = assay_status_code(status)
    return code == 0 ? nil : "the command exited with code \(code)"
  }
}
