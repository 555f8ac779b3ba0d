/// The likely cause of a drift, with the facts that speak for it.
package struct DriftDiagnosis: Sendable, Hashable {
  package var cause: DriftCause
  /// What moved and points to the cause, the strongest first: `image.jpeg_quality: always 92 -> always 80`.
  package var facts: [String]
  /// What would have moved under another cause and did not.
  package var unmoved: [String]
  /// Everything that moved in the whole set, the strongest first.
  package var moved: [DriftScore]

  /// The most facts a reader is told.
  private static let mostFacts = 4
}

extension DriftDiagnosis {
  /// The likely cause of what moved in the whole set; nil where nothing did.
  ///
  /// Causes are asked in the order in which one can be the reason of the next: shares explain everything else, a sampler
  /// hours and shares, an encoder pixels, a camera pixels, and content what is left.
  package init?(_ scores: [DriftScore], _ reference: Profile, _ current: Profile) {
    let evidence = DriftEvidence(scores, repeated: RepeatedShare(reference, current))
    guard !evidence.moved.isEmpty else { return nil }
    let order = ChannelOrder(reference, current)
    let (cause, facts) = Self.cause(evidence, evidence.exchangedChannels(order))
    moved = evidence.moved
    self.cause = cause
    self.facts = Array(facts.prefix(Self.mostFacts))
    unmoved = evidence.unmoved
  }

  private static func cause(_ evidence: DriftEvidence, _ exchanged: [String]) -> (DriftCause, [String]) {
    if let facts = evidence.mix { return (.mix, facts) }
    if let facts = evidence.sampling { return (.sampling, facts) }
    let camera = evidence.facts(of: .camera)
    if !camera.isEmpty { return (.capture, camera + evidence.facts(of: .pixels)) }
    let made = evidence.facts(of: .files) + evidence.facts(of: .table) + exchanged
    if !made.isEmpty { return (.upstream, made) }
    let shown = evidence.facts(of: .values)
    if !shown.isEmpty { return (.content, shown + evidence.facts(of: .pixels)) }
    let pixels = evidence.facts(of: .pixels)
    if !pixels.isEmpty { return (.capture, pixels) }
    return (.unknown, evidence.moved.map(DriftEvidence.text))
  }
}

/// The share of records whose content occurs more than once, on both sides.
struct RepeatedShare: Sendable, Hashable {
  var reference: Double
  var current: Double

  init(_ reference: Profile, _ current: Profile) {
    func share(_ profile: Profile) -> Double {
      profile.recordCount > 0 ? profile.contents.duplicateEstimate / Double(profile.recordCount) : 0
    }
    (self.reference, self.current) = (share(reference), share(current))
  }
}
