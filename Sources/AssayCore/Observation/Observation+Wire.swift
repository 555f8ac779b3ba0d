/// A value that crosses from a worker to the coordinator of the same build.
///
/// *Law*: decoding what was encoded gives the value back; decoding anything else throws or gives a value, and
/// allocates no more than the bytes justify.
package protocol WireCodable {
  /// Appends the value.
  func encode(to writer: inout ByteWriter)
  /// Reads one value.
  init(from reader: inout ByteReader) throws(WireError)
}

extension Observation: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.blob(key.bytes)
    locator.encode(to: &writer)
    writer.list(images) { $1.encode(to: &$0) }
    writer.list(fields) { $1.encode(to: &$0) }
    writer.list(measurements) { $1.encode(to: &$0) }
    writer.blob(contentDigest)
    writer.blob(recordDigest)
    writer.list(findings) { $1.encode(to: &$0) }
    writer.list(notEvaluated) { $0.text($1) }
    writer.list(ruleStates.words) { $0.varint($1) }
    writer.list(uniqueKeys) { $1.encode(to: &$0) }
    writer.list(groupKeys) { $1.encode(to: &$0) }
    writer.list(undeclaredFields) { $0.text($1) }
    writer.list(slices) { $0.text($1) }
    writer.optional(group) { $0.text($1) }
    writer.optional(time) { $0.signedVarint($1) }
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    key = RecordKey(bytes: try reader.blob())
    locator = try Locator(from: &reader)
    images = try reader.list { (reader) throws(WireError) in try ImageObservation(from: &reader) }
    fields = try reader.list { (reader) throws(WireError) in try FieldObservation(from: &reader) }
    measurements = try reader.list { (reader) throws(WireError) in try NamedValue(from: &reader) }
    contentDigest = try reader.blob()
    recordDigest = try reader.blob()
    findings = try reader.list { (reader) throws(WireError) in try Finding(from: &reader) }
    notEvaluated = try reader.list { (reader) throws(WireError) in try reader.text() }
    ruleStates = RuleStates(words: try reader.list { (reader) throws(WireError) in try reader.varint() })
    uniqueKeys = try reader.list { (reader) throws(WireError) in try UniqueKey(from: &reader) }
    groupKeys = try reader.list { (reader) throws(WireError) in try GroupKey(from: &reader) }
    undeclaredFields = try reader.list { (reader) throws(WireError) in try reader.text() }
    slices = try reader.list { (reader) throws(WireError) in try reader.text() }
    group = try reader.optional { (reader) throws(WireError) in try reader.text() }
    time = try reader.optional { (reader) throws(WireError) in try reader.signedVarint() }
  }
}

extension UniqueKey: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.count(rule)
    writer.fixed(high)
    writer.fixed(low)
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    self.init(rule: try reader.whole(), high: try reader.fixed(), low: try reader.fixed())
  }
}

extension Locator: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.text(source)
    writer.optional(member) { $0.text($1) }
    writer.optional(row) { $0.signedVarint(Int64($1)) }
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    source = try reader.text()
    member = try reader.optional { (reader) throws(WireError) in try reader.text() }
    row = try reader.optional { (reader) throws(WireError) in Int(try reader.signedVarint()) }
  }
}

extension ImageObservation: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.text(name)
    writer.byte(outcome.rawValue)
    writer.optional(reason) { $0.text($1) }
    writer.optional(detail) { $0.text($1) }
    writer.list(features) { $1.encode(to: &$0) }
    writer.optional(pixels) { $1.encode(to: &$0) }
    writer.optional(sampleValues) { $0.list($1) { $0.count(Int($1)) } }
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    name = try reader.text()
    outcome = try reader.enumeration()
    reason = try reader.optional { (reader) throws(WireError) in try reader.text() }
    detail = try reader.optional { (reader) throws(WireError) in try reader.text() }
    features = try reader.list { (reader) throws(WireError) in try Value(from: &reader) }
    pixels = try reader.optional { (reader) throws(WireError) in try PixelSummary(from: &reader) }
    sampleValues = try reader.optional { (reader) throws(WireError) in
      try reader.list { (reader) throws(WireError) in UInt16(try reader.whole(upTo: Int(UInt16.max))) }
    }
  }
}

extension PixelSummary: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.sparseVarints(histograms)
    writer.sparseVarints(redBlue)
    writer.blob(thumbnail)
    writer.fixed(dHash)
    writer.fixed(pHash)
    writer.list(turnedHashes) { $0.fixed($1) }
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    histograms = try reader.sparseVarints(maximumCount: 4 * 256)
    redBlue = try reader.sparseVarints(maximumCount: 16 * 16)
    thumbnail = try reader.blob()
    dHash = try reader.fixed()
    pHash = try reader.fixed()
    turnedHashes = try reader.list(elementByteCount: 8) { (reader) throws(WireError) in try reader.fixed() }
  }
}

extension FieldObservation: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.text(name)
    value.encode(to: &writer)
    writer.optional(privacy) { writer, facts in
      writer.boolean(facts.isPresent)
      writer.text(facts.maskKind)
      writer.signedVarint(Int64(facts.lengthClass))
    }
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    name = try reader.text()
    value = try Value(from: &reader)
    privacy = try reader.optional { (reader) throws(WireError) in
      PrivateFacts(
        isPresent: try reader.boolean(), maskKind: try reader.text(),
        lengthClass: Int(try reader.signedVarint()))
    }
  }
}

extension NamedValue: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.text(name)
    value.encode(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    name = try reader.text()
    value = try Value(from: &reader)
  }
}

extension Finding: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.text(code)
    writer.text(rule)
    writer.byte(severity.rawValue)
    writer.text(subject)
    writer.text(expected)
    writer.text(found)
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    code = try reader.text()
    rule = try reader.text()
    severity = try reader.enumeration()
    subject = try reader.text()
    expected = try reader.text()
    found = try reader.text()
  }
}

extension Value: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    switch self {
    case .missing: writer.byte(0)
    case .boolean(let flag): writer.byte(flag ? 2 : 1)
    case .integer(let integer):
      writer.byte(3)
      writer.signedVarint(integer)
    case .real(let real):
      writer.byte(4)
      writer.real(real)
    case .text(let text):
      writer.byte(5)
      writer.text(text)
    case .vector(let vector):
      writer.byte(6)
      writer.list(vector) { $0.real($1) }
    }
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    switch try reader.byte() {
    case 0: self = .missing
    case 1: self = .boolean(false)
    case 2: self = .boolean(true)
    case 3: self = .integer(try reader.signedVarint())
    case 4: self = .real(try reader.real())
    case 5: self = .text(try reader.text())
    case 6:
      self = .vector(
        try reader.list(elementByteCount: 8) { (reader) throws(WireError) in try reader.real() })
    case let tag: throw WireError("expected a value's tag 0...6, found \(tag)", at: reader.byteOffset - 1)
    }
  }
}

extension ByteReader {
  /// Reads a case by its raw value.
  package mutating func enumeration<Case: RawRepresentable<UInt8>>(
    _ type: Case.Type = Case.self
  ) throws(WireError) -> Case {
    let raw = try byte()
    guard let value = Case(rawValue: raw) else {
      throw WireError("\(raw) is no \(Case.self)", at: byteOffset - 1)
    }
    return value
  }
}
