package import AssayCore
package import AssayIngest

/// Adds every record of a run to a profile.
package final class ProfileConsumer: RecordConsumer {
  /// Empty until the run has begun.
  package private(set) var profile = Profile()
  /// Where the sampled records are; nil unless they are asked for.
  package private(set) var locators: SampleLocators?
  private let partition: Partition
  private let hashKey: HashKey

  package init(
    partition: Partition = .none, hashKey: HashKey = .published, keepsLocators: Bool = false
  ) {
    self.partition = partition
    self.hashKey = hashKey
    locators = keepsLocators ? SampleLocators() : nil
  }

  package func begin(decoderSignature: String) {
    profile = Profile(
      Profile.Configuration(hashKey: hashKey, decoderSignature: decoderSignature, partition: partition))
  }

  package func consume(_ observation: Observation, from item: WorkItem) {
    if let key = profile.observe(observation) {
      locators?.note(key, observation.locator, in: profile.sample)
    }
  }
}
