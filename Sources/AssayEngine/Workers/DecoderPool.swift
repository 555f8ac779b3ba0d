import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// The decoders of a run, always as many as were asked for.
final class DecoderPool {
  private let setup: WorkerSetup
  /// What every answer is held against.
  let check: AnswerCheck
  private(set) var decoders: [Decoder]
  /// What the workers said of themselves; all of one build say the same.
  private(set) var ready: WorkerReady?
  private var manifests: [AdoptedManifest] = []
  /// Decoders that died before they were ready, in a row.
  private var failedStarts = 0

  init(count: Int, setup: WorkerSetup) throws {
    self.setup = setup
    check = AnswerCheck(
      ruleCount: setup.reading.rules.rules.count, groupCount: setup.reading.overlap?.groupFields.count ?? 0,
      tellsFacts: setup.reading.tellsFacts)
    decoders = []
    for _ in 0..<count {
      let decoder = Decoder(try WorkerProcess(role: .decoder, setup: setup), setup.limits)
      decoder.companion = try setup.companions.map { try PluginCompanionWorker($0, setup.isolation) }
      decoder.sendCompanion(after: nil)
      decoders.append(decoder)
    }
  }

  var count: Int { decoders.count }

  /// Tells every decoder, and every later one, of a manifest whose rows will come. `descriptor` is duplicated.
  func adopt(_ manifest: Int, _ dialect: ManifestDialect, _ descriptor: Int32) {
    let adopted = AdoptedManifest(
      number: manifest, dialect: dialect, descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 0))
    manifests.append(adopted)
    for decoder in decoders { adopted.send(to: decoder.worker) }
  }

  /// The decoder with the least to do, if one has room.
  var idleDecoder: Decoder? {
    let least = decoders.min { $0.assignments.count < $1.assignments.count }
    return least.flatMap { $0.hasRoom ? $0 : nil }
  }

  func admit(_ ready: WorkerReady, of decoder: Decoder) throws {
    failedStarts = 0
    decoder.worker.ready = ready
    if let known = self.ready, known != ready {
      throw WorkerError("two workers of one run differ: \(known) and \(ready)")
    }
    self.ready = ready
  }

  /// What the decoders are, waiting for the first one to say so. Throws if it dies instead.
  func awaitReady() throws -> WorkerReady {
    while true {
      if let ready { return ready }
      let decoder = decoders[0]
      guard try decoder.channel.fill() else {
        throw WorkerError("a worker died before it could work: \(decoder.worker.end().description)")
      }
      while let frame = try decoder.channel.buffered() {
        if case .ready(let ready) = try WorkerMessage(frame) { try admit(ready, of: decoder) }
      }
    }
  }

  /// Ends a decoder and starts another in its place; gives back what it had not answered.
  func replace(_ decoder: Decoder) throws -> (lost: [Assignment], death: WorkerDeath) {
    let death = decoder.worker.end()
    if decoder.worker.ready == nil {
      failedStarts += 1
      if failedStarts >= 3 { throw WorkerError("workers die before they can work: \(death.description)") }
    }
    let lost = decoder.abandon()
    // The decoder may have died with a question half asked. Before the next one starts, whose clock runs from then on.
    try decoder.companion?.restart()
    decoder.worker = try WorkerProcess(role: .decoder, setup: setup)
    decoder.sendCompanion(after: nil)
    for manifest in manifests { manifest.send(to: decoder.worker) }
    return (lost, death)
  }
}

/// A manifest that decoders read rows of.
private final class AdoptedManifest {
  private let number: Int
  private let dialect: ManifestDialect
  private let descriptor: Int32

  /// Adopts the descriptor.
  init(number: Int, dialect: ManifestDialect, descriptor: Int32) {
    self.number = number
    self.dialect = dialect
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  func send(to worker: WorkerProcess) {
    // A worker that died meanwhile is replaced, and its successor is told again.
    try? worker.channel.send(.adopt(manifest: number, dialect), descriptors: [descriptor])
  }
}

/// One decoder and what it has been given.
final class Decoder {
  var worker: WorkerProcess
  /// The plugin worker beside it; nil where no plugin is used.
  var companion: PluginCompanionWorker?
  private(set) var assignments: [Assignment] = []
  private let limits: RecordLimits
  private var lastPosition = ProgressWord.Position.none
  private var lastMove = MonotonicClock.seconds
  /// Companions it says it has lost since its last answer, and the most it can have lost over one question: one that
  /// earlier records had spoilt, one that was ended over another question, and its own.
  private var losses = 0
  private static let mostLosses = 3
  /// Where it was when its companion was ended.
  private var lastEnd = ProgressWord.Position.none

  init(_ worker: WorkerProcess, _ limits: RecordLimits) {
    self.worker = worker
    self.limits = limits
  }

  var channel: ControlChannel { worker.channel }

  /// One assignment to work on and one that waits, so that no decoder waits for the coordinator. Rows alone are judged
  /// faster than the coordinator gets its turn beside busy decoders: of them more wait.
  var hasRoom: Bool { assignments.count < (assignments.allSatisfy(\.isOfRows) ? 4 : 2) }

  func assign(_ assignment: Assignment) throws {
    if assignments.isEmpty { lastMove = MonotonicClock.seconds }
    assignments.append(assignment)
    // A worker that died meanwhile is noticed by its closed socket, and its assignments come back.
    try? channel.send(
      .decode(assignment: assignment.id, items: assignment.items),
      descriptors: assignment.open.batch.descriptors)
  }

  /// The assignment that an answer is to. Throws if it is to none that is due.
  func answered(_ id: UInt64) throws(ProtocolError) -> Assignment {
    guard let first = assignments.first, first.id == id else {
      throw ProtocolError("an answer to what was not asked")
    }
    return first
  }

  /// Takes an answered assignment off the list.
  func finish(_ assignment: Assignment) {
    lastMove = MonotonicClock.seconds
    losses = 0
    assignments.removeAll { $0.id == assignment.id }
  }

  func abandon() -> [Assignment] {
    defer { (assignments, losses) = ([], 0) }
    return assignments
  }

  /// The item of the first assignment that the worker was last seen at.
  var lastItem: Int? {
    let position = worker.progress.position
    return position.assignment == assignments.first?.id ? position.item : nil
  }

  /// Whether the worker has had more time to start than any needs.
  var isStuckAtStart: Bool {
    worker.ready == nil && MonotonicClock.seconds - worker.start > WorkerProcess.mostStartSeconds
  }

  /// The item that has taken longer than a record may. The time a worker takes to start is no record's. A plugin that takes
  /// longer is ended first, and its record goes on.
  func overdueItem() -> Int? {
    let position = worker.progress.position
    if position != lastPosition || assignments.isEmpty || worker.ready == nil {
      lastPosition = position
      lastMove = MonotonicClock.seconds
    }
    guard MonotonicClock.seconds - lastMove > Double(limits.seconds) else { return nil }
    guard position.stage > 0, position != lastEnd, let companion else { return lastItem ?? 0 }
    lastEnd = position
    lastMove = MonotonicClock.seconds
    companion.end(overdueAt: position, after: limits.seconds)
    return nil
  }

  /// Gives the decoder another companion for the one it lost at that position. Throws `ProtocolError` if it cannot have
  /// lost one: each costs a process, and gives it more time.
  func replaceCompanion(lostAt position: ProgressWord.Position) throws {
    guard let companion else { throw ProtocolError("a decoder lost a plugin worker it never had") }
    losses += 1
    guard let first = assignments.first, first.id == position.assignment,
      losses <= Self.mostLosses * first.range.count * companion.pluginCount
    else { throw ProtocolError("a decoder lost a plugin worker it was asking nothing") }
    sendCompanion(after: try companion.replace(lostAt: position))
    lastMove = MonotonicClock.seconds
  }

  /// Tells the decoder of its companion, if it has one.
  func sendCompanion(after loss: PluginLoss?) {
    guard let companion else { return }
    // A decoder that died meanwhile is replaced, and its successor gets a companion of its own.
    try? channel.send(.companion(after: loss), descriptors: companion.descriptors)
  }
}

/// Seconds that only ever grow.
enum MonotonicClock {
  static var seconds: Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }
}
