extension BottomSample {
  /// Writes the rows column by column, which packs and compresses best.
  func encode(to writer: inout JSONWriter, features: [ProfiledFeature]) {
    let rows = rows
    writer.beginObject()
    writer.base64("keys", Self.words(rows.map(\.keyHash)))
    writer.base64("contents", Self.words(rows.map(\.contentHash)))
    writer.base64("phashes", Self.optionalWords(rows.map(\.pHash)))
    writer.base64("dhashes", Self.optionalWords(rows.map(\.dHash)))
    writer.base64("histograms", Self.arrays(rows.map(\.histogram)) { $0.varint(UInt64($1)) })
    writer.base64("thumbnails", Self.arrays(rows.map { Self.steps($0.thumbnail) }) { $0.byte($1) })
    writer.name("images", onNewLine: true)
    writer.beginObject()
    for name in Self.names(rows.map { $0.images.map(\.name) }) {
      writer.name(name.text, onNewLine: true)
      Self.encodeImages(of: rows, name, features, to: &writer)
    }
    writer.endObject()
    writer.name("fields", onNewLine: true)
    Self.encodeNamed(rows.map(\.fields), to: &writer)
    writer.name("measurements", onNewLine: true)
    Self.encodeNamed(rows.map(\.measurements), to: &writer)
    writer.endObject()
  }

  private static func names(_ names: [[String]]) -> [ExactText] {
    Set(names.flatMap { $0.map(ExactText.init) }).sorted()
  }

  private static func encodeImages(
    of rows: [SampleRow], _ name: ExactText, _ features: [ProfiledFeature], to writer: inout JSONWriter
  ) {
    let images = rows.map { row in row.images.first { ExactText.areEqual($0.name, name.text) } }
    writer.beginObject()
    for (index, feature) in features.enumerated() {
      let values = images.map { image in
        image.map { index < $0.features.count ? $0.features[index] : .missing }
      }
      guard values.contains(where: { $0?.isMissing == false }) else { continue }
      writer.name(feature.name, onNewLine: true)
      writer.string(Base64.encode(SampleColumnCoding.encode(values)))
    }
    writer.endObject()
  }

  private static func encodeNamed(_ rows: [[NamedValue]], to writer: inout JSONWriter) {
    writer.beginObject()
    for name in names(rows.map { $0.map(\.name) }) {
      let values = rows.map { row in row.first { ExactText.areEqual($0.name, name.text) }?.value }
      writer.name(name.text, onNewLine: true)
      writer.string(Base64.encode(SampleColumnCoding.encode(values)))
    }
    writer.endObject()
  }

  /// Reads what `encode` wrote.
  init(from reader: inout JSONReader, features: [ProfiledFeature]) throws(JSONError) {
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
    try members.require("images", &reader)
    try Self.readImages(&reader, features, into: &rows)
    try members.require("fields", &reader)
    try Self.readNamed(&reader, into: &rows, \.fields)
    try members.require("measurements", &reader)
    try Self.readNamed(&reader, into: &rows, \.measurements)
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
      SampleRow(
        keyHash: key, contentHash: content, images: [], fields: [], measurements: [], histogram: [],
        thumbnail: [])
    }
  }

  private static func readImages(
    _ reader: inout JSONReader, _ features: [ProfiledFeature], into rows: inout [SampleRow]
  ) throws(JSONError) {
    let count = rows.count
    var names = AscendingNames()
    try reader.beginObject()
    while let name = try reader.nextName() {
      try names.append(name, reader)
      var images = [SampledImage?](repeating: nil, count: count)
      let missing = SampledImage(name: name, features: Array(repeating: .missing, count: features.count))
      var members = try JSONMembers(&reader)
      for (index, feature) in features.enumerated() where try members.has(feature.name, &reader) {
        for (row, value) in try readColumn(&reader, count).enumerated() {
          guard let value else { continue }
          if images[row] == nil { images[row] = missing }
          images[row]?.features[index] = value
        }
      }
      try members.end(&reader)
      for (row, image) in images.enumerated() { if let image { rows[row].images.append(image) } }
    }
  }

  private static func readNamed(
    _ reader: inout JSONReader, into rows: inout [SampleRow], _ path: WritableKeyPath<SampleRow, [NamedValue]>
  ) throws(JSONError) {
    let count = rows.count
    var names = AscendingNames()
    try reader.beginObject()
    while let name = try reader.nextName() {
      try names.append(name, reader)
      for (row, value) in try readColumn(&reader, count).enumerated() {
        if let value { rows[row][keyPath: path].append(NamedValue(name: name, value: value)) }
      }
    }
  }

  private static func readColumn(_ reader: inout JSONReader, _ count: Int) throws(JSONError) -> [Value?] {
    try reader.packed { (bytes) throws(WireError) in try SampleColumnCoding.decode(&bytes, count: count) }
  }

  /// Checks that names ascend.
  private struct AscendingNames {
    private var previous: ExactText?

    mutating func append(_ name: String, _ reader: JSONReader) throws(JSONError) {
      if let previous, !(previous < ExactText(name)) { throw reader.error("unsorted names") }
      previous = ExactText(name)
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
