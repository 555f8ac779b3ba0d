package import AssayCore
package import AssayIngest

/// Adds every record of a run to a profile.
package final class ProfileConsumer: RecordConsumer {
  /// Empty until the run has begun.
  package private(set) var profile = Profile()
  /// Where the sampled records are; nil unless they are asked for.
  package private(set) var locators: SampleLocators?
  private let partition: Partition

  package init(partition: Partition = .none, keepsLocators: Bool = false) {
    self.partition = partition
    locators = keepsLocators ? SampleLocators() : nil
  }

  package func begin(decoderSignature: String) {
    profile = Profile(Profile.Configuration(decoderSignature: decoderSignature, partition: partition))
  }

  package func consume(_ observation: Observation, from item: WorkItem) {
    if let key = profile.observe(observation) {
      locators?.note(key, observation.locator, in: profile.sample)
    }
  }
}
