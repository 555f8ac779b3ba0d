/// A JSON value (RFC 8259) as a tree. Objects keep the order of their members.
package enum JSONValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  /// A number written without fraction and exponent that fits 64 bits.
  case integer(Int64)
  /// Every other number; always finite.
  case real(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// The members of a JSON object, in the order they were written.
package struct JSONObject: Sendable, Hashable {
  /// Names and values; a name occurs more than once only if the reader was told to let that pass.
  package var members: [(name: String, value: JSONValue)]

  /// An object of these members, in this order.
  package init(_ members: [(name: String, value: JSONValue)] = []) { self.members = members }

  /// The value of the first member of that name. Setting appends a new name and replaces a known one.
  ///
  /// *Complexity*: linear in the number of members.
  package subscript(name: String) -> JSONValue? {
    get { members.first { $0.name == name }?.value }
    set {
      guard let index = members.firstIndex(where: { $0.name == name }) else {
        if let newValue { members.append((name, newValue)) }
        return
      }
      if let newValue { members[index].value = newValue } else { members.remove(at: index) }
    }
  }

  /// Whether names, values and their order agree.
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.elementsEqual(right.members) { $0.name == $1.name && $0.value == $1.value }
  }

  /// Feeds every name and value to `hasher`, in order.
  package func hash(into hasher: inout Hasher) {
    for member in members {
      hasher.combine(member.name)
      hasher.combine(member.value)
    }
  }
}

extension JSONValue {
  /// The member of that name, if this is an object that has it.
  package subscript(name: String) -> JSONValue? { object?[name] }

  /// The object, if this is one.
  package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

  /// The elements, if this is an array.
  package var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }

  /// The text, if this is a string.
  package var string: String? { if case .string(let string) = self { string } else { nil } }

  /// The integer, if this is one.
  package var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }

  /// The truth value, if this is one.
  package var boolean: Bool? { if case .boolean(let boolean) = self { boolean } else { nil } }

  /// The number, integer or real, if this is one.
  package var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .real(let real): real
    default: nil
    }
  }

  /// The word a message uses for the value's type.
  package var typeName: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .integer: "integer"
    case .real: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .real(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements.map { ($0.0, $0.1) }))
  }
}
