import AssayChannel
import AssayCore

/// Where the records of the reference are, in the order they came, in a file that has no name and ends with the run.
///
/// It is written once and read once, when it is known which few records examples need: so it takes no memory.
final class OverlapLog {
  /// What a report wants to name the record of.
  enum Wanted: Hashable {
    case content(Digest80)
    case pHash(UInt64)
    case group(GroupKey)
  }

  private let file: SpoolFile

  /// Throws `OutputError` where the folder for temporary files cannot be written.
  init() throws(OutputError) { file = try SpoolFile() }

  func add(_ observation: Observation) throws(OutputError) {
    var writer = ByteWriter()
    writer.blob(observation.key.bytes)
    observation.locator.encode(to: &writer)
    writer.blob(observation.contentDigest.prefix(10))
    writer.optional(observation.comparedHash) { $0.fixed($1) }
    writer.list(observation.groupKeys) { $1.encode(to: &$0) }
    var row = ByteWriter()
    row.blob(writer.bytes)
    try file.append(row.bytes)
  }

  /// Of each thing wanted, the record with the smallest key that has it. Reads the whole file.
  func places(of wanted: Set<Wanted>) throws -> [Wanted: Locator] {
    var found: [Wanted: RuleExample] = [:]
    guard !wanted.isEmpty else { return [:] }
    try file.withBytes { bytes in
      var reader = ByteReader(bytes)
      while reader.byteOffset < bytes.count {
        let record = try reader.blob()
        for (thing, example) in try Self.read(record) where wanted.contains(thing) {
          found[thing] = found[thing].map { min($0, example) } ?? example
        }
      }
    }
    return found.mapValues(\.locator)
  }

  /// Everything that a record has, each with the record.
  private static func read(_ record: [UInt8]) throws(WireError) -> [(Wanted, RuleExample)] {
    try ByteReader.read(record) { (reader) throws(WireError) in
      let key = RecordKey(bytes: try reader.blob())
      let example = RuleExample(key: key, locator: try Locator(from: &reader), found: "")
      let content = try reader.blob()
      var things: [Wanted] = content.count == 10 ? [.content(Digest80(content))] : []
      if let hash = try reader.optional({ (reader) throws(WireError) -> UInt64 in try reader.fixed() }) {
        things.append(.pHash(hash))
      }
      things += try reader.list { (reader) throws(WireError) in try GroupKey(from: &reader) }.map(
        Wanted.group)
      return things.map { ($0, example) }
    }
  }
}

extension Observation {
  /// The perceptual hash of the default image, if it came out whole and this run or an earlier one kept it.
  var comparedHash: UInt64? { comparedPixels?.pHash }

  /// What was measured of the default image, if it came out whole.
  var comparedPixels: PixelSummary? {
    guard let image = images.first, image.outcome == .ok else { return nil }
    return image.pixels
  }

  /// Whether its default image is whole and its hash is not known: a row of `--records` does not tell it.
  var lacksHash: Bool { images.first?.outcome == .ok && comparedPixels == nil }

  /// Whether it has a private value of the field of which only the shape is known.
  func hides(_ field: String) -> Bool {
    fields.contains { $0.name == field && $0.privacy?.isPresent == true }
  }
}
