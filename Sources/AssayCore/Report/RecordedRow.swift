/// A record as a row of `--records` tells it: enough to be judged again without its bytes.
package struct RecordedRow: Sendable {
  package var key = RecordKey(bytes: [])
  package var locator = Locator(source: "")
  package var images: [ImageObservation] = []
  package var fields: [NamedValue] = []
  /// What may be told of private fields, by name.
  package var privateFields: [(name: String, facts: PrivateFacts)] = []
  package var measurements: [NamedValue] = []
  /// Findings that no rule made: they stand whatever the schema says.
  package var findings: [Finding] = []
  /// What plugins said, and that they did not: it takes the severity of the schema's rule.
  package var pluginFindings: [Finding] = []
  /// What rules found: it stands where a rule of today asks for a value that is not in the row.
  package var ruleFindings: [Finding] = []
  package var contentDigest: [UInt8] = []
  package var recordDigest: [UInt8] = []

  /// Reads one row. Members it does not know are passed over.
  package init(_ row: UnsafeRawBufferPointer) throws(JSONError) {
    var reader = try JSONReader(row, limits: JSONLimits(maximumByteCount: 16 << 20, maximumDepth: 32))
    var image = RecordedImage(name: "image")
    try reader.beginObject()
    while let name = try reader.nextName() {
      if try !image.take(name, from: &reader) { try take(name, from: &reader) }
      try image.takeFeatures(from: &reader)
    }
    try reader.finish()
    if image.hasFacts { images.insert(image.observation, at: 0) }
  }

  /// Whether the first row of a JSON Lines file says that it is a file of records. One that cannot be read is one too:
  /// taken for a row of a table, it would be judged as something else.
  package static func isRow(_ row: UnsafeRawBufferPointer) -> Bool {
    guard row.starts(with: "{\"source\":".utf8), let members = try? JSONValue(parsing: row) else {
      return false
    }
    return members["outcome"]?.string != nil && members["findings"]?.array != nil
  }

  private mutating func take(_ name: String, from reader: inout JSONReader) throws(JSONError) {
    switch name {
    case "source": locator.source = try reader.string()
    case "member": locator.member = try reader.string()
    case "row": locator.row = Int(try reader.integer())
    case "key": key = RecordKey(display: try reader.string())
    case "sha256": contentDigest = try Self.digest(from: &reader)
    case "record_digest": recordDigest = try Self.digest(from: &reader)
    case "fields": fields = try Self.values(from: &reader)
    case "measurements": measurements = try Self.values(from: &reader)
    case "private": privateFields = try Self.privateFacts(from: &reader)
    case "images": images += try Self.otherImages(from: &reader)
    case "findings": try takeFindings(from: &reader)
    default: try reader.skipValue()
    }
  }

  private static func digest(from reader: inout JSONReader) throws(JSONError) -> [UInt8] {
    guard try reader.peek() == .string else {
      try reader.null()
      return []
    }
    let digest = try reader.withString { Hex.decode($0) } ?? []
    return digest.count == 32 ? digest : []
  }

  private static func values(from reader: inout JSONReader) throws(JSONError) -> [NamedValue] {
    var values: [NamedValue] = []
    try reader.beginObject()
    while let name = try reader.nextName() {
      values.append(NamedValue(name: name, value: try reader.scalar()))
    }
    return values
  }

  private static func privateFacts(
    from reader: inout JSONReader
  ) throws(JSONError) -> [(name: String, facts: PrivateFacts)] {
    var result: [(name: String, facts: PrivateFacts)] = []
    try reader.beginObject()
    while let name = try reader.nextName() {
      var facts = PrivateFacts(isPresent: false, maskKind: "", lengthClass: 0)
      try reader.beginObject()
      while let member = try reader.nextName() {
        switch member {
        case "mask": facts.maskKind = try reader.string()
        case "length_class": facts.lengthClass = Int(try reader.integer())
        default: try reader.skipValue()
        }
      }
      facts.isPresent = facts.lengthClass > 0
      result.append((name, facts))
    }
    return result
  }

  private static func otherImages(from reader: inout JSONReader) throws(JSONError) -> [ImageObservation] {
    var images: [ImageObservation] = []
    try reader.beginObject()
    while let name = try reader.nextName() {
      var image = RecordedImage(name: name)
      try reader.beginObject()
      while let member = try reader.nextName() {
        if try !image.take(member, from: &reader) { try reader.skipValue() }
        try image.takeFeatures(from: &reader)
      }
      images.append(image.observation)
    }
    return images
  }

  private mutating func takeFindings(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginArray()
    while try reader.nextElement() {
      let value = try reader.value()
      guard let code = value["code"]?.string else { continue }
      let severity = Severity.allCases.first { $0.name == value["severity"]?.string } ?? .error
      let finding = Finding(
        code: code, severity: severity, subject: value["subject"]?.string ?? "",
        expected: value["expected"]?.string ?? "", found: value["found"]?.string ?? "")
      if finding.isOfPlugin {
        pluginFindings.append(finding)
      } else if value["rule"] == nil {
        findings.append(finding)
      } else {
        ruleFindings.append(finding)
      }
    }
  }
}

/// One image of a row while it is read.
private struct RecordedImage {
  var observation: ImageObservation
  /// Whether the row says anything that only an image has.
  private(set) var hasFacts = false
  private static let outcomes = Dictionary(uniqueKeysWithValues: DecodeOutcome.allCases.map { ($0.name, $0) })

  /// Rows have features in their order: the next one is nearly always the one after the last.
  private var expected = 0
  /// How a row goes on with each feature.
  private static let spelledNames = BuiltinFeature.definitions.map { Array(",\"\($0.name)\":".utf8) }

  init(name: String) { observation = ImageObservation(name: name, outcome: .ok) }

  /// Takes a member if it is an image's; false if it is not.
  mutating func take(_ name: String, from reader: inout JSONReader) throws(JSONError) -> Bool {
    switch name {
    case "outcome":
      let text = try reader.string()
      guard let outcome = Self.outcomes[text] else { throw reader.error("unknown outcome \"\(text)\"") }
      observation.outcome = outcome
    case "code":
      hasFacts = true
      observation.reason = try reader.scalar().text
    case "detail": observation.detail = try reader.scalar().text
    default:
      guard let index = BuiltinFeature.byName[name]?.rawValue else { return false }
      observation.features[index] = try reader.scalar()
      expected = index + 1
    }
    return true
  }

  /// Takes the features that follow in their order, without reading their names.
  mutating func takeFeatures(from reader: inout JSONReader) throws(JSONError) {
    let names = Self.spelledNames
    while expected < names.count, reader.skipName(spelled: names[expected]) {
      observation.features[expected] = try reader.scalar()
      expected += 1
    }
  }
}

extension JSONReader {
  /// A scalar as a value, without building a tree; lists and objects through one.
  fileprivate mutating func scalar() throws(JSONError) -> Value {
    switch try peek() {
    case .null:
      try null()
      return .missing
    case .boolean: return .boolean(try boolean())
    case .string: return .text(try string())
    case .number:
      switch try number() {
      case .integer(let integer): return .integer(integer)
      case .real(let real): return .real(real)
      }
    case .array, .object: return Value(try value())
    }
  }
}
