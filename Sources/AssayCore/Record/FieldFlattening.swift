/// Turns a JSON object into fields: nested objects become `outer.inner`, a list of numbers stays a vector, any
/// other list becomes its JSON text.
package enum FieldFlattening {
  package static func fields(of object: JSONObject) -> [NamedValue] {
    var fields: [NamedValue] = []
    add(object, prefix: "", to: &fields)
    return fields
  }

  private static func add(_ object: JSONObject, prefix: String, to fields: inout [NamedValue]) {
    for (name, value) in object.members {
      if let inner = value.object {
        add(inner, prefix: prefix + name + ".", to: &fields)
      } else {
        fields.append(NamedValue(name: prefix + name, value: Value(value)))
      }
    }
  }
}

extension Value {
  /// The value of a JSON scalar or list.
  package init(_ json: JSONValue) {
    switch json {
    case .null: self = .missing
    case .boolean(let flag): self = .boolean(flag)
    case .integer(let integer): self = .integer(integer)
    case .real(let real): self = .real(real)
    case .string(let text): self = .text(text)
    case .array(let elements):
      let numbers = elements.compactMap(\.number)
      self = numbers.count == elements.count ? .vector(numbers) : .text(json.text)
    case .object: self = .text(json.text)
    }
  }
}
