/// The values of one column of a sample as bytes.
///
/// First the kinds, as runs; then all integers as varints, all reals as five planes of bytes (the highest of each
/// first), the distinct texts ascending and their indexes, and all vectors.
enum SampleColumnCoding {
  private enum Kind: UInt8 {
    case absent, missing, no, yes, integer, real, text, vector
  }

  static func encode(_ values: [Value?]) -> [UInt8] {
    var writer = ByteWriter()
    writeKinds(values.map(kind), to: &writer)
    for case .integer(let integer)? in values { writer.signedVarint(integer) }
    let reals = values.compactMap { value -> UInt64? in
      if case .real(let real)? = value { real.bitPattern } else { nil }
    }
    for plane in stride(from: UInt64(56), through: 24, by: -8) {
      for bits in reals { writer.byte(UInt8(truncatingIfNeeded: bits >> plane)) }
    }
    writeTexts(values.compactMap { $0?.text }, to: &writer)
    for case .vector(let vector)? in values {
      writer.list(vector) { $0.signedVarint(Int64($1)) }
    }
    return writer.bytes
  }

  static func decode(_ reader: inout ByteReader, count: Int) throws(WireError) -> [Value?] {
    let kinds = try readKinds(&reader, count: count)
    var values: [Value?] = kinds.map { kind in
      switch kind {
      case .absent: nil
      case .no: .boolean(false)
      case .yes: .boolean(true)
      default: .missing
      }
    }
    for index in kinds.indices where kinds[index] == .integer {
      values[index] = .integer(try reader.signedVarint())
    }
    let reals = kinds.indices.filter { kinds[$0] == .real }
    var bits = [UInt64](repeating: 0, count: reals.count)
    for plane in stride(from: UInt64(56), through: 24, by: -8) {
      for index in bits.indices { bits[index] |= UInt64(try reader.byte()) << plane }
    }
    for (index, pattern) in zip(reals, bits) { values[index] = .real(Double(bitPattern: pattern)) }
    try readTexts(&reader, at: kinds.indices.filter { kinds[$0] == .text }, into: &values)
    for index in kinds.indices where kinds[index] == .vector {
      values[index] = .vector(try readVector(&reader))
    }
    return values
  }

  private static func kind(_ value: Value?) -> Kind {
    switch value {
    case nil: .absent
    case .missing: .missing
    case .boolean(let flag): flag ? .yes : .no
    case .integer: .integer
    case .real: .real
    case .text: .text
    case .vector: .vector
    }
  }

  private static func writeKinds(_ kinds: [Kind], to writer: inout ByteWriter) {
    var start = 0
    while start < kinds.count {
      let end = kinds[start...].firstIndex { $0 != kinds[start] } ?? kinds.count
      writer.byte(kinds[start].rawValue)
      writer.count(end - start)
      start = end
    }
  }

  private static func readKinds(_ reader: inout ByteReader, count: Int) throws(WireError) -> [Kind] {
    var kinds: [Kind] = []
    while kinds.count < count {
      let kind = try reader.enumeration(Kind.self)
      let length = try reader.whole(upTo: count - kinds.count)
      guard length > 0, kind != kinds.last else { throw reader.error("an odd run of kinds") }
      kinds.append(contentsOf: repeatElement(kind, count: length))
    }
    return kinds
  }

  private static func writeTexts(_ texts: [String], to writer: inout ByteWriter) {
    guard !texts.isEmpty else { return }
    let names = Set(texts.map(ExactText.init)).sorted()
    let indexes = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    writer.list(names) { $0.text($1.text) }
    for text in texts { writer.count(indexes[ExactText(text)] ?? 0) }
  }

  private static func readTexts(
    _ reader: inout ByteReader, at indexes: [Int], into values: inout [Value?]
  ) throws(WireError) {
    guard !indexes.isEmpty else { return }
    let names = try reader.list { (reader) throws(WireError) in try reader.text() }
    guard !names.isEmpty else { throw reader.error("no texts") }
    for index in indexes { values[index] = .text(names[try reader.whole(upTo: names.count - 1)]) }
  }

  private static func readVector(_ reader: inout ByteReader) throws(WireError) -> [Double] {
    let count = try reader.whole(upTo: SignProjection.dimension)
    var vector: [Double] = []
    for _ in 0..<count {
      let component = try reader.signedVarint()
      guard Int16(exactly: component) != nil else { throw reader.error("a component beyond 16 bits") }
      vector.append(Double(component))
    }
    return vector
  }
}
