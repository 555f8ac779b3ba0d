import AssayChannel
import AssayCore
import CLinux

/// Decodes, measures and checks the records it is given.
final class DecoderRole {
  private let channel: ControlChannel
  private let plan: WorkerPlan
  private let resources: WorkerResources
  private let parts: PartReader
  private let observer: RecordObserver
  private let willObserve: ((WorkItem) -> Void)?

  init(
    _ channel: ControlChannel, _ plan: WorkerPlan, _ resources: WorkerResources,
    _ willObserve: ((WorkItem) -> Void)?
  ) throws {
    self.willObserve = willObserve
    self.channel = channel
    self.plan = plan
    self.resources = resources
    parts = PartReader(arenas: resources.arenas, limits: plan.limits)
    observer = try RecordObserver(plan: plan)
  }

  func run(_ isolation: IsolationReport) throws {
    let ready = WorkerReady(isolation: isolation, decoderSignature: DecoderSignature.current)
    try channel.send(.ready(ready))
    while let frame = try channel.receive() {
      let message = try CoordinatorMessage(frame)
      if case .adopt(let manifest, let dialect) = message, let descriptor = frame.descriptors.first {
        observer.manifests[manifest] = ManifestRows(dialect, descriptor: descriptor)
        continue
      }
      guard case .decode(let assignment, let items) = message else {
        throw WorkerError("a decoder was asked to read a source")
      }
      if isolation.isProcess { assay_limit_cpu(UInt64(plan.limits.seconds * (items.count + 1))) }
      try channel.send(.results(assignment: assignment, observe(items, assignment, frame.descriptors)))
    }
  }

  private func observe(_ items: [WorkItem], _ assignment: UInt64, _ descriptors: [Int32]) -> [ItemResult] {
    parts.begin(descriptors)
    defer {
      parts.end()
      resources.report(assignment: 0, item: 0)
    }
    return items.enumerated().map { index, item in
      resources.report(assignment: assignment, item: index)
      willObserve?(item)
      return observer.observe(item, parts)
    }
  }
}
