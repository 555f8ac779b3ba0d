import AssayCore

extension WorkItem {
  init(from reader: inout ByteReader) throws(WireError) {
    self.init(
      key: RecordKey(bytes: try reader.blob()), locator: try Locator(from: &reader),
      parts: try reader.list { (reader) throws(WireError) in try WorkPart(from: &reader) },
      isImageByName: try reader.boolean(),
      manifestRow: try reader.optional { (reader) throws(WireError) in try ManifestRow(from: &reader) })
  }

  func encode(to writer: inout ByteWriter) {
    writer.blob(key.bytes)
    locator.encode(to: &writer)
    writer.list(parts) { $1.encode(to: &$0) }
    writer.boolean(isImageByName)
    writer.optional(manifestRow) { $1.encode(to: &$0) }
  }
}

extension WorkPart {
  init(from reader: inout ByteReader) throws(WireError) {
    self.init(
      role: try PartRole(from: &reader), member: try reader.blob(), place: try BytePlace(from: &reader))
  }

  func encode(to writer: inout ByteWriter) {
    role.encode(to: &writer)
    writer.blob(member)
    place.encode(to: &writer)
  }
}

extension PartRole {
  init(from reader: inout ByteReader) throws(WireError) {
    let kind = try reader.byte()
    if kind == 0 {
      self = .image(name: try reader.text())
    } else if let sidecar = SidecarKind(rawValue: kind - 1) {
      self = .sidecar(sidecar)
    } else {
      throw reader.error("a part of unknown role \(kind)")
    }
  }

  func encode(to writer: inout ByteWriter) {
    switch self {
    case .image(let name):
      writer.byte(0)
      writer.text(name)
    case .sidecar(let kind): writer.byte(kind.rawValue + 1)
    }
  }
}

extension BytePlace {
  init(from reader: inout ByteReader) throws(WireError) {
    switch try reader.byte() {
    case 0: self = .file(descriptor: try reader.whole())
    case 1:
      self = .span(
        descriptor: try reader.whole(), offset: try reader.signedVarint(), count: try reader.whole())
    case 2:
      self = .arena(index: try reader.whole(), offset: try reader.whole(), count: try reader.whole())
    case 3:
      guard let outcome = DecodeOutcome(rawValue: try reader.byte()) else {
        throw reader.error("an unknown outcome")
      }
      guard let code = ReasonCode(rawValue: try reader.text()) else {
        throw reader.error("an unknown reason")
      }
      self = .missing(outcome: outcome, code: code, detail: try reader.text())
    case let kind: throw reader.error("bytes in an unknown place \(kind)")
    }
  }

  func encode(to writer: inout ByteWriter) {
    switch self {
    case .file(let descriptor):
      writer.byte(0)
      writer.count(descriptor)
    case .span(let descriptor, let offset, let count):
      writer.byte(1)
      writer.count(descriptor)
      writer.signedVarint(offset)
      writer.count(count)
    case .arena(let index, let offset, let count):
      writer.byte(2)
      writer.count(index)
      writer.count(offset)
      writer.count(count)
    case .missing(let outcome, let code, let detail):
      writer.byte(3)
      writer.byte(outcome.rawValue)
      writer.text(code.rawValue)
      writer.text(detail)
    }
  }
}

extension ManifestRow {
  init(from reader: inout ByteReader) throws(WireError) {
    self.init(
      manifest: try reader.whole(), offset: try reader.signedVarint(), count: try reader.whole(),
      number: try reader.whole())
  }

  func encode(to writer: inout ByteWriter) {
    writer.count(manifest)
    writer.signedVarint(offset)
    writer.count(count)
    writer.count(number)
  }
}

extension ManifestScanner.Row {
  init(from reader: inout ByteReader) throws(WireError) {
    self.init(
      offset: try reader.signedVarint(), count: try reader.whole(), number: try reader.whole(),
      path: try reader.optional { (reader) throws(WireError) in try reader.blob() },
      flaw: try reader.optional { (reader) throws(WireError) in try reader.text() },
      digest: try reader.fixed())
  }

  func encode(to writer: inout ByteWriter) {
    writer.signedVarint(offset)
    writer.count(count)
    writer.count(number)
    writer.optional(path) { $0.blob($1) }
    writer.optional(flaw) { $0.text($1) }
    writer.fixed(digest)
  }
}

extension ItemResult {
  init(from reader: inout ByteReader) throws(WireError) {
    self = try reader.boolean() ? .observed(try Observation(from: &reader)) : .notAnImage
  }

  func encode(to writer: inout ByteWriter) {
    switch self {
    case .notAnImage: writer.boolean(false)
    case .observed(let observation):
      writer.boolean(true)
      observation.encode(to: &writer)
    }
  }
}
