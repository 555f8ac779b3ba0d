import AssayChannel

/// A worker's whole life: configured once, then serving its role until the control socket closes.
package struct WorkerLoop {
  private let channel: ControlChannel
  private let isProcess: Bool
  /// Called before every record that is observed; tests make a worker die or hang in it.
  private let willObserve: ((WorkItem) -> Void)?
  /// Called before a source is read; tests make a reader die, hang or lie in it.
  private let willRead: ((ReadingPlan) -> Void)?

  /// Serves on `descriptor`, which is adopted. `isProcess` is false for a thread of the coordinator.
  package init(
    descriptor: Int32, isProcess: Bool, willObserve: ((WorkItem) -> Void)? = nil,
    willRead: ((ReadingPlan) -> Void)? = nil
  ) {
    self.willObserve = willObserve
    self.willRead = willRead
    channel = ControlChannel(descriptor: descriptor)
    self.isProcess = isProcess
  }

  /// Returns when the coordinator closed the socket. Throws when the protocol is broken.
  package func run() throws {
    guard let frame = try channel.receive() else { return }
    guard case .configure(let plan) = try CoordinatorMessage(frame) else {
      throw WorkerError("a worker must be configured first")
    }
    let isolation = enterSandbox(plan)
    let resources = WorkerResources(plan: plan, descriptors: frame.descriptors)
    switch plan.role {
    case .decoder: try DecoderRole(channel, plan, resources, willObserve).run(isolation)
    case .reader: try ReaderRole(channel, plan, resources, isolation, willRead).run()
    }
  }

  private func enterSandbox(_ plan: WorkerPlan) -> IsolationReport {
    guard isProcess, plan.isIsolated else { return .none }
    return .entering(dataLimit: plan.limits.imageMemory + 1 << 30)
  }
}

/// What came with the plan: the page that shows progress, and the arenas.
final class WorkerResources {
  let arenas: [SharedArena]
  private let progress: ProgressWord

  init(plan: WorkerPlan, descriptors: [Int32]) {
    progress = ProgressWord(descriptor: descriptors.first ?? -1)
    let isReader = plan.role == .reader
    arenas = descriptors.dropFirst().prefix(plan.arenaCount).map {
      SharedArena(descriptor: $0, writable: isReader)
    }
  }

  /// What tells the coordinator's watchdog that a reader moves.
  func pulse(cpuSeconds: Int?) -> ReaderPulse { ReaderPulse(progress, cpuSeconds: cpuSeconds) }

  /// Tells the coordinator's watchdog which item is being worked on.
  func report(_ position: ProgressWord.Position) { progress.store(position) }
}
