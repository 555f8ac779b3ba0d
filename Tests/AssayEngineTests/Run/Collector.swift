import AssayCore
import AssayEngine
import AssayIngest

/// Keeps every observation of a run.
final class Collector: RecordConsumer {
  private(set) var observations: [Observation] = []

  func consume(_ observation: Observation, from item: WorkItem) { observations.append(observation) }
}
