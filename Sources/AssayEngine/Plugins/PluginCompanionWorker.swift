import AssayChannel
import AssayCore
import AssayIngest
import AssayPlugins
import CLinux
import Glibc

/// The plugin worker beside one decoder, as the coordinator sees it: it starts the worker, hands its socket to the decoder,
/// and ends it when it is overdue. What they say to each other the coordinator never reads.
///
/// Without isolation it is a thread of the coordinator, as decoders are then: a plugin that crashes ends the run, and one that
/// hangs is left behind.
final class PluginCompanionWorker {
  private let plan: CompanionPlan
  private let isolation: Isolation
  /// Written by the decoder; its plugins get a descriptor that can only be read.
  private let slot: SharedArena
  private let errors: PluginErrors
  private var worker: PluginWorker
  /// Where the decoder was when the worker was ended; nil while it is not.
  private var overdue: (position: ProgressWord.Position, seconds: Int)?

  /// Starts a worker and makes every plugin ready. Throws `PluginError` when one cannot be.
  init(_ plan: CompanionPlan, _ isolation: Isolation) throws {
    self.plan = plan
    self.isolation = isolation
    slot = try SharedArena.create()
    errors = try PluginErrors()
    worker = try Self.start(plan, isolation, slot, errors)
  }

  /// What the decoder gets: the worker's socket, and the slot.
  var descriptors: [Int32] { [worker.descriptor, slot.descriptor] }

  /// The plugins it asks of each record.
  var pluginCount: Int { plan.uses.count }

  /// Passes on what its plugins have printed.
  func drainErrors() { errors.drain() }

  /// Ends a worker that kept its decoder waiting at that position for too long.
  func end(overdueAt position: ProgressWord.Position, after seconds: Int) {
    guard overdue == nil else { return }
    overdue = (position, seconds)
    _ = worker.end(afterCrash: false)
  }

  /// Starts another worker in the place of one that the decoder lost at that position, and says what became of it.
  func replace(lostAt position: ProgressWord.Position) throws -> PluginLoss {
    let loss = loss(at: position)
    try restart()
    return loss
  }

  /// Starts another worker, whatever the one before is doing.
  func restart() throws {
    _ = worker.end(afterCrash: false)
    overdue = nil
    worker = try Self.start(plan, isolation, slot, errors)
  }

  private func loss(at position: ProgressWord.Position) -> PluginLoss {
    guard let overdue else {
      let reason = worker.end(afterCrash: true)
      return PluginLoss(.crashed, reason == PluginWorker.endedByUs ? "broke its worker" : reason)
    }
    // The decoder may have got its answer in the moment in which the worker was ended, and lost it over the next record.
    return overdue.position == position
      ? PluginLoss(.timeout, "no answer within \(overdue.seconds) s") : PluginLoss(.replaced, "")
  }

  private static func start(
    _ plan: CompanionPlan, _ isolation: Isolation, _ slot: SharedArena, _ errors: PluginErrors
  ) throws -> PluginWorker {
    let worker = try PluginWorker(isolation, errors: errors)
    for file in plan.files { _ = try worker.load(file, within: plan.deadlines.load) }
    for use in plan.uses { try prepare(use, worker, slot, within: plan.deadlines.load) }
    return worker
  }

  private static func prepare(
    _ use: PluginUse, _ worker: PluginWorker, _ slot: SharedArena, within milliseconds: Int
  ) throws {
    let call = use.call
    let request = PluginRequest.prepare(PluginPreparation(id: use.plugin, parameters: call?.parameters ?? []))
    let readable = call?.needsPixels == true ? assay_reopen_for_reading(slot.descriptor) : -1
    defer { if readable >= 0 { close(readable) } }
    switch worker.ask(request, readable >= 0 ? [readable] : [], within: milliseconds) {
    case .reply(.prepared): return
    case .reply(.failed(let error)): throw PluginError("\(use.position): \(error)")
    case .reply: throw WorkerError("a plugin worker answered out of turn")
    case .died(_, let reason):
      throw PluginError("\(use.position): \(use.plugin): \(reason) while it was made ready")
    }
  }
}
