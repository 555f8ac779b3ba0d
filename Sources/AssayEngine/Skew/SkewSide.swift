import AssayCore
import AssayIngest

/// Keeps one side of a join while it is read: the rows in a temporary file, and where they are in memory.
final class SkewSide: RecordConsumer {
  /// What became of the records of a side: `records` is the sum of the others.
  struct Counts {
    var records = 0
    var matched = 0
    var unmatched = 0
    /// Records whose value more than one record of a side has: they are left out.
    var duplicates = 0
    /// Records without a value to be matched by.
    var withoutValue = 0
  }

  private let join: SkewJoin
  private let memory: IndexMemory
  private let rows: SpoolFile
  let table: JoinTable
  private(set) var counts = Counts()

  init(_ join: SkewJoin, _ memory: IndexMemory) throws(OutputError) {
    self.join = join
    self.memory = memory
    rows = try SpoolFile()
    table = JoinTable(memory)
  }

  func consume(_ observation: Observation, from item: WorkItem) throws {
    counts.records += 1
    guard let digest = join.digest(of: observation) else {
      counts.withoutValue += 1
      return
    }
    guard table.add(digest, at: rows.byteCount) else { throw tooLarge }
    var writer = ByteWriter()
    observation.comparedRow.encode(to: &writer)
    try rows.append(writer.bytes)
  }

  private var tooLarge: ConfigurationError {
    ConfigurationError(
      "--join: the index of both sides needs more than the \(memory.limit >> 10) KiB it may have, a part of "
        + "--index-memory, after \(counts.records) records of this side; it takes 24 to 30 bytes a record: "
        + "raise --index-memory (MiB), or compare in parts")
  }

  /// Gives a reader of rows by their place.
  func withRows<Result>(_ body: (SkewRows) throws -> Result) throws -> Result {
    try rows.withBytes { try body(SkewRows(bytes: $0)) }
  }
}

/// The rows of a side, while they are mapped.
struct SkewRows {
  fileprivate let bytes: UnsafeRawBufferPointer

  func row(at place: UInt64) throws(WireError) -> Observation {
    var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[Int(place)...]))
    return try Observation(from: &reader)
  }
}

extension Observation {
  /// The record with nothing but what is held against another, and its name.
  fileprivate var comparedRow: Observation {
    var row = Observation(
      key: key, locator: locator, images: images, fields: fields, measurements: measurements)
    for index in row.images.indices {
      row.images[index].pixels = nil
      row.images[index].sampleValues = nil
      row.images[index].detail = nil
    }
    return row
  }
}
