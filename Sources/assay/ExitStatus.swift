import AssayChannel
import AssayCore
import AssayEngine
import AssayIngest
import AssayPlugins

/// The documented exit codes. When several apply: `internalError`, `usage`, `incomplete`, `failed`, in this order.
enum ExitStatus: Int32, Error {
  case failed = 1
  case usage = 2
  case incomplete = 3
  case internalError = 4
}

/// An error that knows its exit code.
protocol ExitStatusError: Error {
  var exitStatus: ExitStatus { get }
}

extension ConfigurationError: ExitStatusError {
  var exitStatus: ExitStatus { .usage }
}

extension SchemaError: ExitStatusError {
  var exitStatus: ExitStatus { .usage }
}

extension PluginError: ExitStatusError {
  var exitStatus: ExitStatus { .usage }
}

extension SourceError: ExitStatusError {
  var exitStatus: ExitStatus { .incomplete }
}

extension WorkerError: ExitStatusError {
  var exitStatus: ExitStatus { .internalError }
}

extension ProtocolError: ExitStatusError {
  var exitStatus: ExitStatus { .internalError }
}

extension OutputError: ExitStatusError {
  var exitStatus: ExitStatus { .internalError }
}
