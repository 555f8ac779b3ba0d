/// One typed value of a feature or a metadata field.
///
/// A value keeps the type its source gave it: a CSV cell `007` or `no` is text, a JSON `7` is an integer.
package enum Value: Sendable, Hashable {
  /// Nothing was there: an empty CSV cell, a JSON `null`, a fact the image does not carry.
  case missing
  case boolean(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
  /// A list of numbers, such as a declared embedding.
  case vector([Double])
}

extension Value {
  package var isMissing: Bool { self == .missing }

  /// The value as a number, if it is one; booleans are 0 and 1.
  package var number: Double? {
    switch self {
    case .boolean(let flag): flag ? 1 : 0
    case .integer(let integer): Double(integer)
    case .real(let real): real
    case .missing, .text, .vector: nil
    }
  }

  /// The value as text, if it is text.
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The word a message uses for the value's type.
  package var typeName: String {
    switch self {
    case .missing: "missing"
    case .boolean: "boolean"
    case .integer: "integer"
    case .real: "number"
    case .text: "string"
    case .vector: "list"
    }
  }
}
