import AssayCore
import AssayIngest

/// Writes records as rows of JSON Lines, in source order, to a file that appears when it is complete.
final class RowSink: RecordConsumer {
  enum Rows { case all, rejected }

  private let file: AtomicFile
  private let rows: Rows
  private var writer = JSONWriter()

  init(path: String, rows: Rows) throws(OutputError) {
    file = try AtomicFile(path: path)
    self.rows = rows
  }

  func consume(_ observation: Observation, from item: WorkItem) throws {
    guard rows == .all || observation.isRejected else { return }
    writer.removeAll()
    RowFormat.write(observation, to: &writer)
    writer.lineBreak()
    try file.write(writer.bytes)
  }

  func commit() throws(OutputError) { try file.commit() }
}
