extension PluginQuestion: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.count(plugin)
    writer.list(images) { $1.encode(to: &$0) }
    writer.list(fields) { $1.encode(to: &$0) }
    writer.list(features) { $1.encode(to: &$0) }
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    plugin = try reader.whole()
    images = try reader.list { (reader) throws(WireError) in try ShownImage(from: &reader) }
    fields = try reader.list { (reader) throws(WireError) in try NamedValue(from: &reader) }
    features = try reader.list { (reader) throws(WireError) in try NamedValue(from: &reader) }
  }
}

extension ShownImage: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    writer.text(name)
    for number in [width, height, channels, sampleBytes] { writer.count(number) }
    writer.optional(offset) { $0.count($1) }
  }

  /// Refuses sizes whose product would not fit a number.
  package init(from reader: inout ByteReader) throws(WireError) {
    self.init(
      name: try reader.text(), width: try reader.whole(upTo: 1 << 22),
      height: try reader.whole(upTo: 1 << 22),
      channels: try reader.whole(upTo: 4), sampleBytes: try reader.whole(upTo: 2),
      offset: try reader.optional { (reader) throws(WireError) in try reader.whole(upTo: 1 << 48) })
  }
}

extension PluginAnswer: WireCodable {
  package func encode(to writer: inout ByteWriter) {
    switch self {
    case .values(let values):
      writer.byte(0)
      writer.list(values) { $1.encode(to: &$0) }
    case .findings(let findings):
      writer.byte(1)
      writer.list(findings) { writer, finding in
        for text in [finding.code, finding.expected, finding.found] { writer.text(text) }
      }
    case .notApplicable(let reason):
      writer.byte(2)
      writer.text(reason)
    case .failed(let reason):
      writer.byte(3)
      writer.text(reason)
    }
  }

  package init(from reader: inout ByteReader) throws(WireError) {
    switch try reader.byte() {
    case 0: self = .values(try reader.list { (reader) throws(WireError) in try Value(from: &reader) })
    case 1:
      self = .findings(
        try reader.list { (reader) throws(WireError) in
          PluginFinding(code: try reader.text(), expected: try reader.text(), found: try reader.text())
        })
    case 2: self = .notApplicable(try reader.text())
    case 3: self = .failed(try reader.text())
    case let kind: throw reader.error("an answer of unknown kind \(kind)")
    }
  }
}
