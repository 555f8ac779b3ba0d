/// Walks the members of an object that come in one fixed order, some of them absent.
package struct JSONMembers {
  /// The name that has been read and whose value has not.
  private var pending: String?
  private var nameOffset = 0
  private var isAtEnd = false

  /// The largest count a profile may claim, so that sums of many stay within 64 bits: 2^56.
  package static let maximumCount: Int64 = 1 << 56

  /// Begins the object that follows.
  package init(_ reader: inout JSONReader) throws(JSONError) { try reader.beginObject() }

  /// Whether the next member has that name; if so, its value is to be read now.
  package mutating func has(_ name: String, _ reader: inout JSONReader) throws(JSONError) -> Bool {
    guard try peek(&reader) == name else { return false }
    pending = nil
    return true
  }

  /// Demands that the next member has that name; its value is to be read now.
  package mutating func require(_ name: String, _ reader: inout JSONReader) throws(JSONError) {
    guard try has(name, &reader) else {
      let found = pending.map { "the member \"\($0)\"" } ?? "the end of the object"
      throw reader.error("expected the member \"\(name)\", found \(found)", at: nameOffset)
    }
  }

  /// Demands that no member is left.
  package mutating func end(_ reader: inout JSONReader) throws(JSONError) {
    if let name = try peek(&reader) {
      throw reader.error("expected the end of the object, found the member \"\(name)\"", at: nameOffset)
    }
  }

  /// The next member's name, whatever it is, in an object whose names are data; nil at the end.
  package mutating func next(_ reader: inout JSONReader) throws(JSONError) -> String? {
    defer { pending = nil }
    return try peek(&reader)
  }

  private mutating func peek(_ reader: inout JSONReader) throws(JSONError) -> String? {
    if pending == nil, !isAtEnd {
      nameOffset = reader.byteOffset
      pending = try reader.nextName()
      isAtEnd = pending == nil
    }
    return pending
  }
}

extension JSONMembers {
  /// A member that holds a count from 1 to `maximum`; 0 if it is absent.
  package mutating func count(
    _ name: String, _ reader: inout JSONReader, upTo maximum: Int64 = maximumCount
  ) throws(JSONError) -> Int64 {
    try has(name, &reader) ? try reader.exactInteger(in: 1...maximum) : 0
  }

  /// A member that holds a text.
  package mutating func string(_ name: String, _ reader: inout JSONReader) throws(JSONError) -> String {
    try require(name, &reader)
    return try reader.string()
  }

  /// A member that holds the bytes of a base64 text.
  package mutating func base64(_ name: String, _ reader: inout JSONReader) throws(JSONError) -> [UInt8] {
    try require(name, &reader)
    return try reader.base64()
  }

  /// A member that holds ascending keys and their counts; empty if it is absent.
  package mutating func packed(
    _ name: String, _ reader: inout JSONReader, keys: ClosedRange<Int64>, limit: Int
  ) throws(JSONError) -> [KeyCount] {
    guard try has(name, &reader) else { return [] }
    return try reader.packed { (bytes) throws(WireError) in
      let count = try bytes.whole(upTo: limit)
      guard count > 0 else { throw bytes.error("expected at least one entry") }
      var entries: [KeyCount] = []
      var key = try bytes.signedVarint()
      for index in 0..<count {
        if index > 0 {
          let step = try bytes.varint()
          guard step < UInt64(bitPattern: keys.upperBound &- key) else {
            throw bytes.error("a key too large")
          }
          key += Int64(step) + 1
        }
        guard keys.contains(key) else { throw bytes.error("the key \(key) is outside \(keys)") }
        entries.append((key, 0))
      }
      for index in entries.indices { entries[index].count = try bytes.positiveCount() }
      return entries
    }
  }

  /// A member that holds an array of exactly `count` counts.
  package mutating func dense(
    _ name: String, _ reader: inout JSONReader, count: Int
  ) throws(JSONError) -> [Int64] {
    try require(name, &reader)
    return try reader.dense(count: count)
  }
}

extension JSONReader {
  /// Reads an array of exactly `count` counts.
  mutating func dense(count: Int) throws(JSONError) -> [Int64] {
    try packed { (bytes) throws(WireError) in
      let counts = try bytes.sparseVarints(maximumCount: count, as: UInt64.self)
      guard counts.count == count else {
        throw bytes.error("expected \(count) counts, found \(counts.count)")
      }
      guard counts.allSatisfy({ $0 <= JSONMembers.maximumCount }) else {
        throw bytes.error("a count too large")
      }
      return counts.map { Int64($0) }
    }
  }
}

extension ByteReader {
  /// Reads a count from 1 to the largest a profile may claim.
  mutating func positiveCount() throws(WireError) -> Int64 {
    let count = try varint()
    guard 1...UInt64(JSONMembers.maximumCount) ~= count else { throw error("a count of \(count)") }
    return Int64(count)
  }
}

extension JSONReader {
  /// Reads an integer that `JSONWriter.exactInteger` wrote: a number up to 2^53 - 1, a string beyond.
  package mutating func exactInteger(
    in range: ClosedRange<Int64> = .min ... .max
  ) throws(JSONError) -> Int64 {
    _ = try peek()
    let start = byteOffset
    let value: Int64
    if try peek() == .string {
      let text = try string()
      guard let parsed = Int64(text), parsed.magnitude > (1 << 53) - 1, "\(parsed)" == text else {
        throw error("expected an integer beyond 2^53 - 1 in this string", at: start)
      }
      value = parsed
    } else {
      value = try integer()
      guard value.magnitude <= (1 << 53) - 1 else {
        throw error("expected an integer beyond 2^53 - 1 as a string", at: start)
      }
    }
    guard range.contains(value) else { throw error("expected \(range), found \(value)", at: start) }
    return value
  }

  /// Reads a string of base64.
  package mutating func base64() throws(JSONError) -> [UInt8] {
    _ = try peek()
    let start = byteOffset
    guard let bytes = Base64.decode(try string()) else { throw error("expected base64", at: start) }
    return bytes
  }

  /// Reads a string of base64 and what its bytes hold.
  package mutating func packed<Result>(
    _ read: (inout ByteReader) throws(WireError) -> Result
  ) throws(JSONError) -> Result {
    _ = try peek()
    let start = byteOffset
    let bytes = try base64()
    do throws(WireError) {
      return try ByteReader.read(bytes, read)
    } catch {
      throw self.error("in base64: \(error)", at: start)
    }
  }
}
