import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// A reader worker on its way through one manifest, as the coordinator sees it.
final class ManifestScan {
  /// The manifest's number in the run.
  let number: Int
  private(set) var dialect: ManifestDialect?
  private(set) var end: SourceEnd?
  let naming: KeyNaming
  private let plan: ReadingPlan
  private let setup: WorkerSetup
  private let input: Int32
  private var worker: WorkerProcess?
  private var clock: ReaderWatch
  /// Told as soon as the dialect is known, before any row is handed out.
  private let adopt: (Int, ManifestDialect, Int32) -> Void
  private var rowCount = 0
  let size: SourceExtent?

  /// Batches of rows that may be on their way at once.
  private static let mostGrants = 16

  /// Adopts `input`, the open manifest.
  init(
    number: Int, input: Int32, plan: ReadingPlan, setup: WorkerSetup,
    adopt: @escaping (Int, ManifestDialect, Int32) -> Void
  ) {
    self.number = number
    self.input = input
    self.plan = plan
    naming = plan.naming
    self.setup = setup
    clock = ReaderWatch(seconds: setup.limits.seconds)
    self.adopt = adopt
    size = SourceExtent(file: input)
  }

  deinit { close(input) }

  var channel: ControlChannel? { worker?.channel }

  func start() throws {
    guard worker == nil, end == nil else { return }
    clock = ReaderWatch(seconds: setup.limits.seconds)
    let worker = try WorkerProcess(role: .reader, setup: setup)
    self.worker = worker
    try worker.channel.send(.read(plan), descriptors: [input])
    for _ in 0..<Self.mostGrants { grant() }
  }

  /// Allows one more batch of rows.
  func grant() {
    // A reader that is gone needs no grant; its socket tells the rest of the story.
    try? worker?.channel.send(.grant(arena: 0))
  }

  /// The batches of rows that have arrived. Call it when `channel` is readable.
  func receive() -> [[ManifestScanner.Row]] {
    guard let worker else { return [] }
    var batches: [[ManifestScanner.Row]] = []
    do throws(ProtocolError) {
      let isOpen = try worker.channel.fill()
      while let frame = try worker.channel.buffered() {
        if let rows = try rows(of: try WorkerMessage(frame), worker) { batches.append(rows) }
      }
      if !isOpen, end == nil { fail(worker) }
    } catch {
      fail(worker, fault: error.description)
    }
    return batches
  }

  /// The rows that a message brings; nil if it brings something else.
  private func rows(of message: WorkerMessage, _ worker: WorkerProcess) throws(ProtocolError)
    -> [ManifestScanner.Row]?
  {
    switch message {
    case .ready(let ready): worker.ready = ready
    case .manifest(let dialect):
      guard (0...ManifestScanner.mostRowBytes).contains(dialect.headerCount) else {
        throw ProtocolError("a header of \(dialect.headerCount) bytes")
      }
      self.dialect = dialect
      adopt(number, dialect, input)
    case .rows(let rows):
      try ReaderAnswer.check(itemCount: rows.count)
      for row in rows { try ReaderAnswer.check(row) }
      rowCount += rows.count
      return rows
    case .ended(let end):
      try ReaderAnswer.check(end, arrived: rowCount)
      finish(end)
    case .results, .companionLost, .records, .room:
      throw ProtocolError("a reader of a manifest sent something else")
    }
    return nil
  }

  /// Ends a reader that cannot go on. What it found counts, and the manifest is incomplete.
  private func fail(_ worker: WorkerProcess, fault: String? = nil, overdue: String? = nil) {
    let reason = worker.endReading(fault, overdue, setup.limits)
    finish(
      SourceEnd(entries: rowCount, items: rowCount, failure: "\(reason), after \(counted(rowCount, "row"))"))
  }

  /// Ends a reader that has passed its deadline.
  func watch() {
    guard let worker, let reason = clock.verdict(on: worker) else { return }
    fail(worker, overdue: reason)
  }

  /// Reads the whole manifest, giving every batch of rows to `body`.
  func run(_ body: ([ManifestScanner.Row]) throws -> Void) throws -> SourceEnd {
    try start()
    while true {
      if let end { return end }
      guard let channel else {
        return SourceEnd(entries: rowCount, items: rowCount, failure: "no reader")
      }
      var polled = pollfd(fd: channel.descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&polled, 1, 250) > 0 {
        for rows in receive() {
          try body(rows)
          grant()
        }
      }
      watch()
    }
  }

  private func finish(_ end: SourceEnd) {
    self.end = end
    worker = nil
  }
}

extension KeyNaming {
  /// A manifest's path without the prefix its schema says to strip.
  func stripped(_ path: [UInt8]) -> [UInt8] {
    path.starts(with: manifestPrefix.utf8) ? Array(path.dropFirst(manifestPrefix.utf8.count)) : path
  }
}
