/// Something that a worker of this build never says: the end of that worker, and a reason for what it was asked.
///
/// Whoever gets it replaces the worker. Where nobody can, it ends the run as an internal error (exit code 4).
package struct ProtocolError: Error, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
