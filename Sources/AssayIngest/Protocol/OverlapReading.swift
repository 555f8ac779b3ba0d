package import AssayCore

/// What decoders compute of every record so that it can be held against another set.
package struct OverlapReading: Sendable, Codable {
  /// Whether to hash the seven other symmetries of default images.
  package var hashesTurns = false
  /// The fields whose values must not be on both sides.
  package var groupFields: [String]
  /// 16 bytes each, made for one run: nobody who finds a hash of a private value can try values out.
  private var keys: [[UInt8]]

  package init(groupFields: [String]) {
    self.groupFields = groupFields
    keys = (0..<2).map { _ in (0..<16).map { _ in UInt8.random(in: .min ... .max) } }
  }

  /// The hash of a value, whatever type a source gave it.
  package func digest(of text: String) -> Digest80 {
    let halves = keys.map { SipHash(key: HashKey(bytes: $0)).hash(text: text) }
    return Digest80(high: halves[0], low: halves[1])
  }
}

extension OverlapReading {
  /// The hashed values of a record.
  func keys(of draft: RecordDraft) -> [GroupKey] {
    groupFields.enumerated().compactMap { index, field in
      guard let text = draft.value(of: field)?.canonicalText, !text.isEmpty else { return nil }
      return GroupKey(group: index, digest: digest(of: text))
    }
  }
}
