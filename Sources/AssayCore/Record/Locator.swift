/// Where a record came from, in the words a user typed: enough to find it again.
package struct Locator: Sendable, Hashable {
  /// The source as given on the command line (`photos/`, `delivery.zip`, `-`).
  package var source: String
  /// The member's path inside the source, where it has members.
  package var member: String?
  /// The row in a manifest, counted from 1 and without the header, where the record has one.
  package var row: Int?

  package init(source: String, member: String? = nil, row: Int? = nil) {
    self.source = source
    self.member = member
    self.row = row
  }
}
