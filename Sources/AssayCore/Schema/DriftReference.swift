/// Something to compare with, by name, and how bad it is to differ from it.
package struct DriftReference: Sendable, Hashable, Codable {
  package var name: String
  /// The paths of profiles, which together are the reference.
  package var profiles: [String]
  /// `error`, or `warn` for one whose alarms are warnings.
  package var severity: Severity

  package init(name: String, profiles: [String], severity: Severity = .error) {
    self.name = name
    self.profiles = profiles
    self.severity = severity
  }
}
