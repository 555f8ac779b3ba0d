import AssayChannel
import AssayCore
import AssayIngest
import Glibc

extension BytePlace {
  /// Whether it is a stretch of the source itself.
  fileprivate var isSpan: Bool { if case .span = self { true } else { false } }
}

/// A container or a stream, opened by a reader worker that hands its records over in shared memory.
final class ContainerSource: RecordSource, ArenaUser {
  let name: String
  private let index: Int
  private var input: Int32
  private let plan: ReadingPlan
  private let setup: WorkerSetup
  private let arenas: ArenaPool
  /// What the reader may fill and has not given back.
  private var granted: Set<Int> = []
  private var worker: WorkerProcess?
  private var clock: ReaderWatch
  private var arrived: [RecordBatch] = []
  private var end: SourceEnd?
  private var placedEntries = 0
  private var arrivedItems = 0
  let size: SourceExtent?
  /// Which command feeds the input, where one does.
  private let command: PipeCommand?

  /// Adopts `input`, an open descriptor.
  init(
    name: String, index: Int, input: Int32, command: PipeCommand? = nil, plan: ReadingPlan,
    setup: WorkerSetup,
    arenas: ArenaPool
  ) {
    self.name = name
    self.index = index
    self.input = input
    self.command = command
    self.plan = plan
    self.setup = setup
    self.arenas = arenas
    clock = ReaderWatch(seconds: setup.limits.seconds)
    size = SourceExtent(file: input)
  }

  /// Whether there is a reader that can use arenas.
  var isReading: Bool { worker != nil && end == nil }

  deinit { closeInput() }

  private func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  var channel: ControlChannel? { worker?.channel }

  func next() throws -> BatchOffer {
    if worker == nil, end == nil { try start() }
    if !arrived.isEmpty { return .batch(arrived.removeFirst()) }
    guard var end else { return .waiting }
    closeInput()
    // The command's own failure explains a short stream better than the stream does.
    let reasons = [command?.finish(isOfUse: end.failure == nil), end.failure].compactMap(\.self)
    end.failure = reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    return .ended(end)
  }

  func receive() throws {
    guard let worker else { return }
    do throws(ProtocolError) {
      let isOpen = try worker.channel.fill()
      while let frame = try worker.channel.buffered() { try take(try WorkerMessage(frame), worker) }
      if !isOpen, end == nil { fail(worker) }
    } catch {
      fail(worker, fault: error.description)
    }
  }

  /// Ends a reader that cannot go on. What it handed out counts, and the source is incomplete.
  private func fail(_ worker: WorkerProcess, fault: String? = nil, overdue: String? = nil) {
    let reason = worker.endReading(fault, overdue, setup.limits)
    finish(
      SourceEnd(
        entries: placedEntries, items: arrivedItems,
        failure: "\(reason), after \(counted(placedEntries, "member")) handed out"))
  }

  func watch() {
    guard let worker, let reason = clock.verdict(on: worker) else { return }
    fail(worker, overdue: reason)
  }

  private func start() throws {
    clock = ReaderWatch(seconds: setup.limits.seconds)
    let worker = try WorkerProcess(role: .reader, setup: setup)
    self.worker = worker
    try worker.channel.send(.read(plan), descriptors: [input])
    arenas.serve(self)
  }

  private func take(_ message: WorkerMessage, _ worker: WorkerProcess) throws(ProtocolError) {
    switch message {
    case .ready(let ready): worker.ready = ready
    case .records(let arena, let position, let items):
      try ReaderAnswer.check(itemCount: items.count)
      guard granted.contains(arena) else { throw ProtocolError("it used an arena it was not given") }
      guard arenas.isWithinAllowance(arena) else { throw ProtocolError("it filled an arena beyond its room") }
      granted.remove(arena)
      arrived.append(batch(items, arena, position))
    case .room(let arena, let bytes):
      guard granted.contains(arena), bytes <= ArenaBudget.mostBytes(setup.limits) else {
        throw ProtocolError("it asked for \(bytes) bytes")
      }
      arenas.ask(arena, toHold: bytes)
    case .ended(let end):
      try ReaderAnswer.check(end, arrived: arrivedItems)
      finish(end)
    case .results, .companionLost, .manifest, .rows:
      throw ProtocolError("a reader of a container sent something else")
    }
  }

  private func finish(_ end: SourceEnd) {
    self.end = end
    worker = nil
    for arena in granted { arenas.release(arena) }
    granted = []
  }

  private func batch(_ items: [WorkItem], _ arena: Int, _ position: Int) -> RecordBatch {
    arrivedItems += items.count
    placedEntries += items.reduce(0) { $0 + $1.parts.count }
    // A decoder reads plain members where they are. Of a stream it gets nothing: a copy would keep a pipe open that
    // its command waits to see closed.
    let isInPlace = items.contains { item in item.parts.contains { $0.place.isSpan } }
    let copy = isInPlace ? fcntl(input, F_DUPFD_CLOEXEC, 0) : -1
    let batch = RecordBatch(source: index, items: items, descriptors: copy < 0 ? [] : [copy])
    batch.release = { [arenas] in arenas.release(arena) }
    batch.extent = size.map { SourceExtent(read: Int64(position), total: $0.total) }
    return batch
  }

  func grant(_ arena: Int) {
    granted.insert(arena)
    // A reader that is gone needs no arena; its socket tells the rest of the story.
    try? worker?.channel.send(.grant(arena: arena))
  }

  func allow(_ arena: Int) { try? worker?.channel.send(.room(arena: arena)) }
}
