import AssayChannel
import AssayCore
import AssayIngest

/// Holds what decoders answer against what they were asked, so that nothing behind it can be led astray.
struct AnswerCheck {
  /// The number of record rules: answers refer to them by index.
  let ruleCount: Int
  /// The number of groups that are held against another set.
  let groupCount: Int
  /// Whether values of whole images were asked for.
  let tellsFacts: Bool

  private static let featureCount = BuiltinFeature.noValues.count

  /// Throws what cannot be an answer to these items.
  func check(_ results: [ItemResult], of items: [WorkItem]) throws(ProtocolError) {
    guard results.count == items.count else {
      throw ProtocolError("\(results.count) answers to \(items.count) records")
    }
    for (result, item) in zip(results, items) {
      guard case .observed(let observation) = result else { continue }
      try check(observation, of: item)
    }
  }

  private func check(_ observation: Observation, of item: WorkItem) throws(ProtocolError) {
    // A row without a path gets its key from its fields or its bytes, behind its source's prefix.
    let isOfItem =
      item.isNamedByRow
      ? observation.key.bytes.starts(with: item.key.bytes) : observation.key == item.key
    guard isOfItem else {
      throw ProtocolError("the answer to \(item.key.display) is about \(observation.key.display)")
    }
    let isWellFormed =
      observation.uniqueKeys.allSatisfy { $0.rule < ruleCount }
      && observation.groupKeys.allSatisfy { $0.group < groupCount }
      && [0, 32].contains(observation.contentDigest.count) && observation.recordDigest.count == 32
      && observation.images.allSatisfy { hasItsShape($0) }
    guard isWellFormed else { throw ProtocolError("an observation of another shape than its kind has") }
  }

  private func hasItsShape(_ image: ImageObservation) -> Bool {
    let isTold = tellsFacts || image.outcome != .ok
    return image.features.count == (isTold ? Self.featureCount : 0) && image.pixels?.isWellFormed != false
  }
}

extension PixelSummary {
  /// Whether its vectors are as long as they are said to be. A private image has no thumbnail.
  fileprivate var isWellFormed: Bool {
    histograms.count == 4 * 256 && redBlue.count == 16 * 16 && [0, 8 * 8 * 3].contains(thumbnail.count)
      && [0, Turn.allCases.count].contains(turnedHashes.count)
  }
}
