import AssayChannel
import AssayCore
import CLinux

/// Decodes, measures and checks the records it is given.
final class DecoderRole {
  private let inbox: CoordinatorInbox
  private let plan: WorkerPlan
  private let resources: WorkerResources
  private let parts: PartReader
  private let panel: PluginPanel
  private let observer: RecordObserver
  private let willObserve: ((WorkItem) -> Void)?

  init(
    _ channel: ControlChannel, _ plan: WorkerPlan, _ resources: WorkerResources,
    _ willObserve: ((WorkItem) -> Void)?
  ) throws {
    self.willObserve = willObserve
    inbox = CoordinatorInbox(channel)
    self.plan = plan
    self.resources = resources
    parts = PartReader(arenas: resources.arenas, limits: plan.limits)
    panel = PluginPanel(plan, inbox, resources)
    observer = try RecordObserver(plan: plan, panel: panel)
  }

  func run(_ isolation: IsolationReport) throws {
    let ready = WorkerReady(isolation: isolation, decoderSignature: DecoderSignature.current)
    try inbox.channel.send(.ready(ready))
    while let frame = try inbox.next() {
      switch try CoordinatorMessage(frame) {
      case .companion: try panel.adopt(frame.descriptors)
      case .adopt(let manifest, let dialect):
        guard let descriptor = frame.descriptors.first else {
          throw WorkerError("a manifest without its file")
        }
        observer.manifests[manifest] = ManifestRows(dialect, descriptor: descriptor)
      case .decode(let assignment, let items):
        if isolation.isProcess { assay_limit_cpu(UInt64(plan.limits.seconds * (items.count + 1))) }
        let results = try observe(items, assignment, frame.descriptors)
        try inbox.channel.send(.results(assignment: assignment, results))
      case .configure, .read, .grant, .room: throw WorkerError("a decoder was asked to read a source")
      }
    }
  }

  private func observe(_ items: [WorkItem], _ assignment: UInt64, _ descriptors: [Int32]) throws
    -> [ItemResult]
  {
    parts.begin(descriptors)
    defer {
      parts.end()
      resources.report(.none)
    }
    return try items.enumerated().map { index, item in
      panel.begin(ProgressWord.Position(assignment: assignment, item: index))
      willObserve?(item)
      return try observer.observe(item, parts)
    }
  }
}
