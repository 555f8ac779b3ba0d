package import AssayCore

/// Where the sampled records of a run are. A profile keeps no names; a report on sources that were read now can.
package struct SampleLocators: Sendable {
  /// By the keyed hash of the record's key.
  private var places: [UInt64: Locator] = [:]

  package init() {}

  /// Where the sampled record is; nil if this run did not read it.
  package func locator(of row: SampleRow) -> Locator? { places[row.keyHash] }

  /// Remembers the record if the profile's sample would take it.
  mutating func note(_ observation: Observation, in profile: Profile) {
    let keyHash = profile.hasher.hash(observation.key.bytes)
    let contentHash = profile.hasher.hash(observation.contentDigest)
    guard profile.sample.admits(keyHash: keyHash, contentHash: contentHash) else { return }
    places[keyHash] = observation.locator
    if places.count > 4 * BottomSample.limit { forgetAllBut(profile.sample.rows) }
  }

  private mutating func forgetAllBut(_ rows: [SampleRow]) {
    let kept = Set(rows.map(\.keyHash))
    places = places.filter { kept.contains($0.key) }
  }
}
