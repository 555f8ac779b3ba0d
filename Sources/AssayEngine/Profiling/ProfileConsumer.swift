package import AssayCore
package import AssayIngest

/// Adds every record of a run to a profile.
package final class ProfileConsumer: RecordConsumer {
  /// Empty until the run has begun.
  package private(set) var profile = Profile()
  /// Where the sampled records are; nil unless they are asked for.
  package private(set) var locators: SampleLocators?
  private var configuration: Profile.Configuration

  /// The decoder's signature in `configuration` is filled in once a decoder has said it.
  package init(_ configuration: Profile.Configuration, keepsLocators: Bool = false) {
    self.configuration = configuration
    locators = keepsLocators ? SampleLocators() : nil
  }

  package func begin(decoderSignature: String) {
    configuration.decoderSignature = decoderSignature
    profile = Profile(configuration)
  }

  package func consume(_ observation: Observation, from item: WorkItem) {
    if let key = profile.observe(observation) {
      locators?.note(key, observation.locator, in: profile.sample)
    }
  }
}
