package import AssayCore
package import AssayIngest

/// Adds every record of a run to a profile.
package final class ProfileConsumer: RecordConsumer {
  /// Empty until the run has begun.
  package private(set) var profile = Profile()
  private let partition: Partition

  package init(partition: Partition = .none) { self.partition = partition }

  package func begin(decoderSignature: String) {
    profile = Profile(Profile.Configuration(decoderSignature: decoderSignature, partition: partition))
  }

  package func consume(_ observation: Observation, from item: WorkItem) { profile.observe(observation) }
}
