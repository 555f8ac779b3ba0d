import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// A container or a stream, opened by a reader worker that hands its records over in shared memory.
final class ContainerSource: RecordSource {
  let name: String
  private let index: Int
  private var input: Int32
  private let plan: ReadingPlan
  private let setup: WorkerSetup
  private var worker: WorkerProcess?
  private var arrived: [RecordBatch] = []
  private var end: SourceEnd?
  private var placedEntries = 0
  /// Which command feeds the input, where one does.
  private let command: PipeCommand?

  /// Adopts `input`, an open descriptor.
  init(
    name: String, index: Int, input: Int32, command: PipeCommand? = nil, plan: ReadingPlan, setup: WorkerSetup
  ) {
    self.name = name
    self.index = index
    self.input = input
    self.command = command
    self.plan = plan
    self.setup = setup
  }

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
    let isOpen = try worker.channel.fill()
    while let frame = try worker.channel.buffered() { try take(try WorkerMessage(frame), worker) }
    if !isOpen, end == nil {
      let death = worker.end()
      finish(
        SourceEnd(
          counts: EntryCounts(), entries: placedEntries, failure: "the reader died (\(death.description))"))
    }
  }

  private func start() throws {
    let worker = try WorkerProcess(role: .reader, setup: setup)
    self.worker = worker
    try worker.channel.send(.read(plan), descriptors: [input])
    for arena in setup.arenas.indices { try worker.channel.send(.grant(arena: arena)) }
  }

  private func take(_ message: WorkerMessage, _ worker: WorkerProcess) throws {
    switch message {
    case .ready(let ready): worker.ready = ready
    case .records(let arena, let items): arrived.append(batch(items, arena))
    case .ended(let end): finish(end)
    case .results, .manifest, .rows: throw WorkerError("a reader of a container sent something else")
    }
  }

  private func finish(_ end: SourceEnd) {
    self.end = end
    worker = nil
  }

  private func batch(_ items: [WorkItem], _ arena: Int) -> RecordBatch {
    placedEntries += items.reduce(0) { $0 + $1.parts.count }
    // Every batch carries the source's descriptor: a decoder reads plain members where they are.
    let copy = fcntl(input, F_DUPFD_CLOEXEC, 0)
    let batch = RecordBatch(source: index, items: items, descriptors: copy < 0 ? [] : [copy])
    batch.release = { [weak self] in self?.grant(arena) }
    return batch
  }

  private func grant(_ arena: Int) {
    // A reader that is gone needs no arena; its socket tells the rest of the story.
    try? worker?.channel.send(.grant(arena: arena))
  }
}
