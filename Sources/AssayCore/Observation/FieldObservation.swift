/// One metadata field of one record, as far as it may leave the worker.
package struct FieldObservation: Sendable, Hashable {
  package var name: String
  /// The value; `missing` for a private field, whatever was there.
  package var value: Value
  /// What is known of a private field; nil for every other field.
  package var privacy: PrivateFacts?

  package init(name: String, value: Value, privacy: PrivateFacts? = nil) {
    self.name = name
    self.value = value
    self.privacy = privacy
  }
}

/// All that a private field may contribute: counts of these, and nothing that could name a person.
package struct PrivateFacts: Sendable, Hashable {
  package var isPresent: Bool
  /// The shape of the mask that was found (`sha256`, `md5`, `clear`, ...).
  package var maskKind: String
  /// The number of bits of the byte length: 0 for empty, 1 for 1, 2 for 2-3, 3 for 4-7 ...
  package var lengthClass: Int

  package init(isPresent: Bool, maskKind: String, lengthClass: Int) {
    self.isPresent = isPresent
    self.maskKind = maskKind
    self.lengthClass = lengthClass
  }
}
