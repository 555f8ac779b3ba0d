import CLinux

/// What is in force around a worker's untrusted bytes, for the report.
package struct IsolationReport: Sendable, Hashable, Codable {
  package var isProcess: Bool
  package var noNewPrivileges: Bool
  package var systemCallFilter: Bool
  package var noFiles: Bool
  package var dataLimit: UInt64

  /// A worker that is a thread of this process: nothing is in force.
  package static let none = IsolationReport(
    isProcess: false, noNewPrivileges: false, systemCallFilter: false, noFiles: false, dataLimit: 0)

  package init(
    isProcess: Bool, noNewPrivileges: Bool, systemCallFilter: Bool, noFiles: Bool, dataLimit: UInt64
  ) {
    self.isProcess = isProcess
    self.noNewPrivileges = noNewPrivileges
    self.systemCallFilter = systemCallFilter
    self.noFiles = noFiles
    self.dataLimit = dataLimit
  }
}

extension IsolationReport {
  /// Enters the sandbox, for good, and says what is now in force.
  package static func entering(dataLimit: Int) -> IsolationReport {
    IsolationReport(assay_enter_sandbox(UInt64(dataLimit)))
  }

  /// Enters the sandbox of a worker that loads plugins: it may read the system's libraries, and no other file.
  package static func enteringForPlugins(dataLimit: UInt64) -> IsolationReport {
    IsolationReport(assay_enter_plugin_sandbox(dataLimit))
  }

  private init(_ sandbox: assay_sandbox_t) {
    self.init(
      isProcess: true, noNewPrivileges: sandbox.no_new_privileges,
      systemCallFilter: sandbox.system_call_filter, noFiles: sandbox.no_files, dataLimit: sandbox.data_limit)
  }
}
