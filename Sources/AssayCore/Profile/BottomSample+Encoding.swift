extension BottomSample {
  /// Writes the rows column by column, which packs and compresses best.
  func encode(to writer: inout JSONWriter) {
    let rows = rows
    writer.beginObject()
    writer.base64("keys", Self.words(rows.map(\.keyHash)))
    writer.base64("contents", Self.words(rows.map(\.contentHash)))
    writer.base64("phashes", Self.optionalWords(rows.map(\.pHash)))
    writer.base64("dhashes", Self.optionalWords(rows.map(\.dHash)))
    writer.base64("histograms", Self.arrays(rows.map(\.histogram)) { $0.varint(UInt64($1)) })
    writer.base64("thumbnails", Self.arrays(rows.map { Self.steps($0.thumbnail) }) { $0.byte($1) })
    let columns = Set(rows.flatMap(\.values.keys)).sorted()
    for source in SampleColumn.Source.allCases {
      writer.name(source.name, onNewLine: true)
      writer.beginObject()
      for column in columns where column.source == source {
        writer.name(column.name, onNewLine: true)
        writer.string(Base64.encode(SampleColumnCoding.encode(rows.map { $0.values[column] })))
      }
      writer.endObject()
    }
    writer.endObject()
  }

  /// Reads what `encode` wrote.
  init(from reader: inout JSONReader) throws(JSONError) {
    self.init()
    var members = try JSONMembers(&reader)
    var rows = try Self.emptyRows(&members, &reader)
    let count = rows.count
    try members.require("phashes", &reader)
    for (index, word) in try Self.readOptionalWords(&reader, count).enumerated() { rows[index].pHash = word }
    try members.require("dhashes", &reader)
    for (index, word) in try Self.readOptionalWords(&reader, count).enumerated() { rows[index].dHash = word }
    try members.require("histograms", &reader)
    let histograms = try Self.readArrays(&reader, count, length: 48) { (bytes) throws(WireError) in
      UInt16(try bytes.whole(upTo: 4095))
    }
    try members.require("thumbnails", &reader)
    let thumbnails = try Self.readArrays(&reader, count, length: 192) { (bytes) throws(WireError) in
      try bytes.byte()
    }
    for index in rows.indices {
      rows[index].histogram = histograms[index]
      rows[index].thumbnail = Self.sums(thumbnails[index])
    }
    for source in SampleColumn.Source.allCases {
      try members.require(source.name, &reader)
      try Self.readColumns(&reader, source, into: &rows)
    }
    try members.end(&reader)
    for row in rows { observe(row) }
  }

  /// Rows that have only their hashes.
  private static func emptyRows(
    _ members: inout JSONMembers, _ reader: inout JSONReader
  ) throws(JSONError) -> [SampleRow] {
    try members.require("keys", &reader)
    let keys = try readWords(&reader)
    try members.require("contents", &reader)
    let contents = try readWords(&reader)
    guard keys.count == contents.count, keys.count <= limit else { throw reader.error("odd sample keys") }
    let pairs = Array(zip(keys, contents))
    guard zip(pairs, pairs.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw reader.error("unsorted sample keys")
    }
    return pairs.map { key, content in
      SampleRow(keyHash: key, contentHash: content, values: [:], histogram: [], thumbnail: [])
    }
  }

  private static func readColumns(
    _ reader: inout JSONReader, _ source: SampleColumn.Source, into rows: inout [SampleRow]
  ) throws(JSONError) {
    let count = rows.count
    var previous: SampleColumn?
    try reader.beginObject()
    while let name = try reader.nextName() {
      let column = SampleColumn(source, name)
      if let previous, !(previous < column) { throw reader.error("unsorted sample columns") }
      previous = column
      let values = try reader.packed { (bytes) throws(WireError) in
        try SampleColumnCoding.decode(&bytes, count: count)
      }
      for (index, value) in values.enumerated() { if let value { rows[index].values[column] = value } }
    }
  }

  // MARK: - Parts

  private static func words(_ words: [UInt64]) -> [UInt8] {
    var writer = ByteWriter()
    for word in words { writer.fixed(word) }
    return writer.bytes
  }

  private static func readWords(_ reader: inout JSONReader) throws(JSONError) -> [UInt64] {
    try reader.packed { (bytes) throws(WireError) in
      var words: [UInt64] = []
      while bytes.remainingCount > 0 { words.append(try bytes.fixed()) }
      return words
    }
  }

  private static func optionalWords(_ words: [UInt64?]) -> [UInt8] {
    var writer = ByteWriter()
    for word in words { writer.optional(word) { $0.fixed($1) } }
    return writer.bytes
  }

  private static func readOptionalWords(
    _ reader: inout JSONReader, _ count: Int
  ) throws(JSONError) -> [UInt64?] {
    try reader.packed { (bytes) throws(WireError) in
      var words: [UInt64?] = []
      for _ in 0..<count {
        words.append(try bytes.optional { (bytes) throws(WireError) in try bytes.fixed(UInt64.self) })
      }
      return words
    }
  }

  private static func arrays<Element>(
    _ arrays: [[Element]], _ write: (inout ByteWriter, Element) -> Void
  ) -> [UInt8] {
    var writer = ByteWriter()
    for array in arrays {
      writer.boolean(!array.isEmpty)
      for element in array { write(&writer, element) }
    }
    return writer.bytes
  }

  private static func readArrays<Element>(
    _ reader: inout JSONReader, _ count: Int, length: Int,
    _ read: (inout ByteReader) throws(WireError) -> Element
  ) throws(JSONError) -> [[Element]] {
    try reader.packed { (bytes) throws(WireError) in
      var arrays: [[Element]] = []
      for _ in 0..<count {
        var array: [Element] = []
        if try bytes.boolean() { for _ in 0..<length { array.append(try read(&bytes)) } }
        arrays.append(array)
      }
      return arrays
    }
  }

  /// Each byte less the one of the same channel before it: neighbours are alike.
  private static func steps(_ thumbnail: [UInt8]) -> [UInt8] {
    thumbnail.indices.map { $0 < 3 ? thumbnail[$0] : thumbnail[$0] &- thumbnail[$0 - 3] }
  }

  private static func sums(_ steps: [UInt8]) -> [UInt8] {
    var thumbnail = steps
    for index in thumbnail.indices.dropFirst(3) { thumbnail[index] &+= thumbnail[index - 3] }
    return thumbnail
  }
}
