extension JSONReader {
  /// Reads the value that follows as a tree.
  ///
  /// *Complexity*: linear in its bytes; objects of more than 16 members check their names through a set.
  package mutating func value() throws(JSONError) -> JSONValue {
    switch try peek() {
    case .object: return .object(try object())
    case .array: return .array(try array())
    case .string: return .string(try string())
    case .boolean: return .boolean(try boolean())
    case .null:
      try null()
      return .null
    case .number:
      switch try number() {
      case .integer(let integer): return .integer(integer)
      case .real(let real): return .real(real)
      }
    }
  }

  /// Reads past the value that follows, checking its grammar.
  package mutating func skipValue() throws(JSONError) {
    switch try peek() {
    case .object:
      try beginObject()
      while try nextName() != nil { try skipValue() }
    case .array:
      try beginArray()
      while try nextElement() { try skipValue() }
    case .string: _ = try string()
    case .boolean: _ = try boolean()
    case .null: try null()
    case .number: _ = try number()
    }
  }

  private mutating func object() throws(JSONError) -> JSONObject {
    try beginObject()
    var members: [(name: String, value: JSONValue)] = []
    var names: Set<ExactText> = []
    skipWhiteSpace()
    var offset = position
    while let name = try nextName() {
      if limits.refusesDuplicateNames, isKnown(name, in: members, &names) {
        throw error("the name \"\(name)\" occurs twice in one object", at: offset)
      }
      members.append((name, try value()))
      skipWhiteSpace()
      offset = position
    }
    return JSONObject(members)
  }

  /// Whether a member has that name already; long objects keep their names in a set from then on.
  private func isKnown(
    _ name: String, in members: [(name: String, value: JSONValue)], _ names: inout Set<ExactText>
  ) -> Bool {
    if members.count < 16 { return members.contains { ExactText($0.name) == ExactText(name) } }
    if names.isEmpty { names = Set(members.map { ExactText($0.name) }) }
    return !names.insert(ExactText(name)).inserted
  }

  private mutating func array() throws(JSONError) -> [JSONValue] {
    try beginArray()
    var elements: [JSONValue] = []
    while try nextElement() { elements.append(try value()) }
    return elements
  }
}

extension JSONValue {
  /// Reads a whole text.
  package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    self = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try reader.value() }
  }

  /// Reads a whole text where it lies.
  package init(
    parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) {
    var reader = try JSONReader(bytes, limits: limits)
    self = try reader.value()
    try reader.finish()
  }
}
