import AssayChannel
import AssayCore
import Glibc

/// Opens one container and hands its records out, a batch for every arena it is granted.
final class ReaderRole {
  private let channel: ControlChannel
  private let plan: WorkerPlan
  private let resources: WorkerResources
  private let isolation: IsolationReport
  private let willRead: ((ReadingPlan) -> Void)?
  private let pulse: ReaderPulse
  private var grants: [Int] = []
  /// The container that is read.
  private var input: Int32 = -1
  /// What each arena may hold, where that is more than the standing allowance.
  private var allowances: [Int: Int] = [:]

  init(
    _ channel: ControlChannel, _ plan: WorkerPlan, _ resources: WorkerResources,
    _ isolation: IsolationReport, _ willRead: ((ReadingPlan) -> Void)?
  ) {
    self.isolation = isolation
    pulse = resources.pulse(cpuSeconds: isolation.isProcess ? plan.limits.seconds : nil)
    self.willRead = willRead
    self.channel = channel
    self.plan = plan
    self.resources = resources
  }

  func run() throws {
    try channel.send(.ready(WorkerReady(isolation: isolation, decoderSignature: "")))
    while let frame = try channel.receive() {
      switch try CoordinatorMessage(frame) {
      case .grant(let arena): grants.append(arena)
      case .read(let reading):
        guard let source = frame.descriptors.first else { throw WorkerError("no source to read") }
        pulse.moved()
        willRead?(reading)
        try reading.isManifest ? readManifest(reading, source) : readContainer(reading, source)
      case .configure, .decode, .adopt, .room, .companion:
        throw WorkerError("a reader was asked to decode")
      }
    }
  }

  private func readContainer(_ reading: ReadingPlan, _ descriptor: Int32) throws {
    input = descriptor
    var container = ContainerReading(reading, limits: plan.limits)
    do {
      let archive = try ArchiveReader(descriptor: descriptor, source: reading.source, pulse: pulse)
      while try container.take(from: archive, into: self) { pulse.moved() }
      if container.failure == nil { try archive.checkCompleteness() }
    } catch let error as SourceError {
      container.failure = error.reason
    }
    try container.finish(self)
    try send(.ended(container.end))
  }

  /// Hands out where the rows are, a batch for every grant; the arenas stay empty.
  private func readManifest(_ reading: ReadingPlan, _ descriptor: Int32) throws {
    var count = 0
    var failure: String?
    do {
      let scanner = try ManifestScanner(
        descriptor: descriptor, declaredPathColumn: reading.pathColumn, hasPaths: reading.hasPaths)
      scanner.willFill = { [pulse] in pulse.moved() }
      try send(.manifest(scanner.dialect))
      while let first = try scanner.next() {
        var rows = [first]
        var nameBytes = first.path?.count ?? 0
        while rows.count < WorkBatch.mostItems, nameBytes < WorkBatch.mostNameBytes,
          let row = try scanner.next()
        {
          rows.append(row)
          nameBytes += row.path?.count ?? 0
        }
        count += rows.count
        _ = try next()
        try send(.rows(rows))
      }
    } catch let reason as SourceError.Reason {
      failure = reason.text
    }
    try send(.ended(SourceEnd(entries: count, items: count, failure: failure)))
  }
}

extension ReaderRole: ArenaSupply {
  func next() throws -> Int {
    while grants.isEmpty { _ = try allowedArena() }
    let arena = grants.removeFirst()
    allowances[arena] = nil
    if resources.arenas.indices.contains(arena) { resources.arenas[arena].refresh() }
    return arena
  }

  /// Waits for the next message: the arena that may hold more, or nil when another one may be filled.
  private func allowedArena() throws -> Int? {
    guard let frame = try pulse.waiting({ () throws(ProtocolError) in try channel.receive() }) else {
      throw WorkerError("the coordinator is gone")
    }
    switch try CoordinatorMessage(frame) {
    case .grant(let arena): grants.append(arena)
    case .room(let arena): return arena
    case .configure, .decode, .adopt, .read, .companion:
      throw WorkerError("a reader at work was given other work")
    }
    return nil
  }

  func room(in arena: Int, at offset: Int, count: Int) throws -> UnsafeMutableRawBufferPointer? {
    let most = ArenaBudget.mostBytes(plan.limits)
    let allowance = allowances[arena, default: ArenaBudget.standing]
    guard offset + count <= most else { return nil }
    if offset + count > allowance {
      let bytes = max(offset + count, min(2 * allowance, most))
      try send(.room(arena: arena, bytes: bytes))
      while try allowedArena() != arena {}
      allowances[arena] = bytes
    }
    return resources.arenas[arena].room(
      at: offset, count: count, within: allowances[arena, default: ArenaBudget.standing])
  }

  func send(_ arena: Int, _ items: [WorkItem]) throws {
    try send(.records(arena: arena, position: max(0, Int(lseek(input, 0, SEEK_CUR))), items))
  }

  /// Sends a message; the coordinator may take it when it has the time.
  private func send(_ message: WorkerMessage) throws {
    try pulse.waiting { try channel.send(message) }
    pulse.moved()
  }
}
