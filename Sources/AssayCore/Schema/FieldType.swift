/// What a field's values are declared to be.
package enum FieldType: String, Sendable, Hashable, Codable, CaseIterable {
  case string, integer, number, boolean
  /// RFC 3339 with an offset, or seconds since 1970-01-01T00:00:00Z.
  case timestamp
}

extension FieldType {
  /// Whether values of the type have an order that `min` and `max` can use.
  package var isOrdered: Bool {
    switch self {
    case .integer, .number, .timestamp: true
    case .string, .boolean: false
    }
  }

  /// The value as this type, or nil if it is not one. A timestamp becomes its second.
  ///
  /// `isTyped` says that the source distinguishes text from numbers, as JSON does and CSV cannot: then text
  /// is no number, whatever it spells. `missing` is of no type.
  package func reading(_ value: Value, isTyped: Bool) -> Value? {
    switch value {
    case .missing, .vector: nil
    case .text(let text):
      switch self {
      case .string: value
      case .timestamp: timestamp(text, allowsEpoch: !isTyped)
      default: isTyped ? nil : parsing(text)
      }
    case .boolean, .integer, .real:
      // Beside a CSV even what JSON gave as a number may be meant as text.
      self == .string ? (isTyped ? nil : .text(value.canonicalText)) : number(value)
    }
  }

  /// A value that is no text, as this type.
  private func number(_ value: Value) -> Value? {
    switch value {
    case .missing, .vector, .text: nil
    case .boolean: self == .boolean ? value : nil
    case .integer(let integer):
      switch self {
      case .integer, .timestamp: value
      case .number: .real(Double(integer))
      case .string, .boolean: nil
      }
    case .real(let real):
      switch self {
      case .integer, .timestamp:
        Int64(exactly: self == .timestamp ? real.rounded(.down) : real).map(Value.integer)
      case .number: real.isFinite ? value : nil
      case .string, .boolean: nil
      }
    }
  }

  /// The text as a value of this type, as a schema or a CSV cell spells it; nil if it does not.
  package func parsing(_ text: String) -> Value? {
    switch self {
    case .string: return .text(text)
    case .integer: return isDecimal(text, integral: true) ? Int64(text).map(Value.integer) : nil
    case .number:
      guard isDecimal(text, integral: false), let number = Double(text), number.isFinite else { return nil }
      return .real(number)
    case .boolean:
      switch text {
      case "true", "True", "TRUE", "1": return .boolean(true)
      case "false", "False", "FALSE", "0": return .boolean(false)
      default: return nil
      }
    case .timestamp: return timestamp(text, allowsEpoch: true)
    }
  }

  private func timestamp(_ text: String, allowsEpoch: Bool) -> Value? {
    if let timestamp = Timestamp(text) { return .integer(timestamp.seconds) }
    return allowsEpoch ? FieldType.integer.parsing(text) : nil
  }

  /// Whether the text is a plain decimal number: no spaces, `nan`, `inf` or hexadecimal.
  private func isDecimal(_ text: String, integral: Bool) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "."), !text.utf8.isEmpty else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): true
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): !integral
      default: false
      }
    }
  }
}
