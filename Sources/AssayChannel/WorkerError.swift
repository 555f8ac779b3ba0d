import Glibc

/// Something between coordinator and workers that should not happen: an internal error (exit code 4).
package struct WorkerError: Error, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}

/// The words for `errno`, as `strerror` gives them.
package func lastSystemError() -> String { String(cString: strerror(errno)) }
