import AssayChannel
import AssayCore
import AssayIngest
import CLinux
import Glibc

/// Keeps the decoders busy and gives results back in source order.
///
/// One thread, one `poll`: it takes batches from the sources, hands them to decoders, gathers results, replaces
/// decoders that die or pass their deadline, and releases finished batches in order. Bounds: a few assignments
/// a decoder, `windowLength` batches between the oldest unfinished one and the newest.
final class Scheduler {
  private let sources: [any RecordSource]
  private let pool: DecoderPool
  private let prepare: (RecordBatch) -> Void
  private let deliver: (OpenBatch) throws -> Void
  private let ended: (Int, SourceEnd) throws -> Void
  private let windowLength: Int

  private var current = 0
  private var isWaiting = false
  private var nextOrder = 0
  private var nextDelivery = 0
  private var nextID: UInt64 = 1
  private var open: [Int: OpenBatch] = [:]
  private var retries: [Assignment] = []
  private var ends: [Int: (order: Int, end: SourceEnd)] = [:]

  /// Batches hold at most `descriptorsForFiles` files open.
  /// `prepare` sees every batch before it is sent; `deliver` gets complete batches in source order; `ended` follows a source's last batch.
  init(
    sources: [any RecordSource], pool: DecoderPool, descriptorsForFiles: Int,
    prepare: @escaping (RecordBatch) -> Void,
    deliver: @escaping (OpenBatch) throws -> Void,
    ended: @escaping (Int, SourceEnd) throws -> Void
  ) {
    self.sources = sources
    self.pool = pool
    self.prepare = prepare
    self.deliver = deliver
    self.ended = ended
    windowLength = Self.windowLength(decoders: pool.count, descriptorsForFiles: descriptorsForFiles)
  }

  /// As many batches as keep the decoders busy, and no more than there are descriptors for: each batch holds its files
  /// open.
  static func windowLength(decoders: Int, descriptorsForFiles: Int) -> Int {
    max(2, min(8 * decoders, descriptorsForFiles / Int(ASSAY_MAX_DESCRIPTORS)))
  }

  /// Runs until every source has ended and every record has been answered.
  func run() throws {
    while true {
      try dispatch()
      try finishSources()
      if current == sources.count, open.isEmpty, retries.isEmpty { return }
      try wait()
    }
  }

  private func dispatch() throws {
    while let decoder = pool.idleDecoder, let assignment = try nextAssignment() {
      try decoder.assign(assignment)
    }
  }

  private func nextAssignment() throws -> Assignment? {
    if let retry = retries.popLast() { return retry }
    guard nextOrder - nextDelivery < windowLength, let batch = try nextBatch() else { return nil }
    let open = OpenBatch(order: nextOrder, batch: batch)
    self.open[nextOrder] = open
    nextOrder += 1
    return assignment(open, 0..<batch.items.count)
  }

  private func assignment(_ open: OpenBatch, _ range: Range<Int>, isTrial: Bool = false) -> Assignment {
    defer { nextID += 1 }
    return Assignment(id: nextID, open: open, range: range, isTrial: isTrial)
  }

  private func nextBatch() throws -> RecordBatch? {
    isWaiting = false
    while current < sources.count {
      switch try sources[current].next() {
      case .batch(let batch):
        prepare(batch)
        return batch
      case .waiting:
        isWaiting = true
        return nil
      case .ended(let end):
        ends[current] = (nextOrder, end)
        current += 1
      }
    }
    return nil
  }

  /// Reports sources whose last batch has been delivered.
  private func finishSources() throws {
    for (source, entry) in ends.sorted(by: { $0.key < $1.key }) where entry.order <= nextDelivery {
      ends[source] = nil
      try ended(source, entry.end)
    }
  }

  private func wait() throws {
    var polled = pool.decoders.map { pollfd(fd: $0.channel.descriptor, events: Int16(POLLIN), revents: 0) }
    let reader = isWaiting && current < sources.count ? sources[current].channel : nil
    if let reader { polled.append(pollfd(fd: reader.descriptor, events: Int16(POLLIN), revents: 0)) }
    guard poll(&polled, nfds_t(polled.count), 250) >= 0 || errno == EINTR else {
      throw WorkerError("cannot wait for workers: \(lastSystemError())")
    }
    if reader != nil, polled[polled.count - 1].revents != 0 { try sources[current].receive() }
    for (decoder, entry) in zip(pool.decoders, polled) where entry.revents != 0 { try receive(decoder) }
    for decoder in pool.decoders {
      decoder.companion?.drainErrors()
      try watch(decoder)
    }
    if current < sources.count { sources[current].watch() }
  }

  /// Takes what a decoder says. One that says what none can is replaced as if it had crashed.
  private func receive(_ decoder: Decoder) throws {
    do {
      let isOpen = try decoder.channel.fill()
      while let frame = try decoder.channel.buffered() { try take(try WorkerMessage(frame), of: decoder) }
      if !isOpen { try recover(decoder) }
    } catch let error as ProtocolError {
      try recover(decoder, fault: error.description)
    }
  }

  private func take(_ message: WorkerMessage, of decoder: Decoder) throws {
    switch message {
    case .ready(let ready): try pool.admit(ready, of: decoder)
    case .results(let id, let results):
      let assignment = try decoder.answered(id)
      try pool.check.check(results, of: assignment.items)
      decoder.finish(assignment)
      for (index, result) in zip(assignment.range, results) { assignment.open.set(result, at: index) }
      try deliverComplete()
    case .companionLost(let position): try decoder.replaceCompanion(lostAt: position)
    case .records, .ended, .manifest, .rows, .room: throw ProtocolError("a decoder sent what readers send")
    }
  }

  private func deliverComplete() throws {
    while let batch = open[nextDelivery], batch.isComplete {
      open[nextDelivery] = nil
      nextDelivery += 1
      try deliver(batch)
      batch.batch.release?()
    }
  }

  /// Ends a decoder whose current record has passed its deadline on our clock, or that does not come to work at all.
  private func watch(_ decoder: Decoder) throws {
    if decoder.isStuckAtStart { return try recover(decoder) }
    guard let item = decoder.overdueItem() else { return }
    try recover(decoder, timedOut: item)
  }

  /// Replaces a decoder that died or was too slow. The guilty record gets its row, the others are done again.
  ///
  /// A deadline is the record's own. A death is not, until it died in a trial: the record goes to the new worker alone.
  private func recover(_ decoder: Decoder, timedOut: Int? = nil, fault: String? = nil) throws {
    let lastItem = decoder.lastItem
    let hadStarted = decoder.worker.ready != nil
    var (lost, death) = try pool.replace(decoder)
    death.fault = fault
    guard let first = lost.first else { return }
    // Only the first assignment was being worked on; what waited behind it is as it was.
    retries += lost.dropFirst().reversed()
    guard hadStarted else { return retries.append(first) }
    let isTimeout = timedOut != nil || death.isTimeout
    let item = timedOut ?? lastItem ?? first.range.count / 2
    let index = first.range.lowerBound + min(item, first.range.count - 1)
    if first.isTrial || isTimeout {
      first.open.set(.lost(first.open.batch.items[index], isTimeout: isTimeout, death), at: index)
    } else {
      try decoder.assign(assignment(first.open, index..<index + 1, isTrial: true))
    }
    requeue(first, first.range.lowerBound..<index)
    requeue(first, index + 1..<first.range.upperBound)
    try deliverComplete()
  }

  private func requeue(_ assignment: Assignment, _ range: Range<Int>) {
    if !range.isEmpty { retries.append(self.assignment(assignment.open, range)) }
  }
}

extension ItemResult {
  /// The row of a record on which a decoder died.
  fileprivate static func lost(_ item: WorkItem, isTimeout: Bool, _ death: WorkerDeath) -> ItemResult {
    let outcome: DecodeOutcome = isTimeout ? .timeout : .crashed
    let code: ReasonCode = isTimeout ? .timeout : .crashed
    let detail = isTimeout ? "the decoder passed its deadline" : "the decoder died: \(death.description)"
    return .observed(RecordObservation.lost(item, outcome: outcome, code: code, detail: detail))
  }
}
