import AssayCore

/// What the records of one side tell of themselves, and how many do not.
struct OverlapKnowledge {
  /// What one field says of the records.
  private struct Field {
    var name: String
    var present = 0
    /// Private values of which only the shape is known.
    var hidden = 0
  }

  /// The side, in a word: `current` or `reference`.
  private let side: String
  private var fields: [Field]
  private var records = 0
  private var hashed = 0
  private var blank = 0
  private var spoilt = 0
  private var unhashed = 0

  init(_ side: String, groupFields: [String]) {
    self.side = side
    fields = groupFields.map { Field(name: $0) }
  }

  mutating func observe(_ observation: Observation) {
    records += 1
    observeImage(observation)
    let known = Set(observation.groupKeys.map(\.group))
    for index in fields.indices {
      if known.contains(index) {
        fields[index].present += 1
      } else if observation.hides(fields[index].name) {
        fields[index].hidden += 1
      }
    }
  }

  private mutating func observeImage(_ observation: Observation) {
    if let hash = observation.comparedHash {
      hashed += 1
      if !PerceptualDetail.isEnough(hash) { blank += 1 }
    } else if observation.lacksHash {
      unhashed += 1
    } else if !observation.images.isEmpty {
      spoilt += 1
    }
  }

  /// Why a kind cannot be answered for this side; nil where it can.
  func unknown(_ kind: OverlapKind) -> String? {
    // Of nothing it is known that it shares nothing.
    if records == 0 { return nil }
    switch kind {
    case .exact: return nil
    case .near, .turned:
      if unhashed > 0 {
        return "rows of an earlier run keep no perceptual hashes (\(side) records: \(unhashed))"
      }
      return hashed == 0 ? "no \(side) record has an image that is ok" : nil
    case .group(let name):
      guard let field = fields.first(where: { $0.name == name }) else { return nil }
      if field.hidden > 0 {
        return "rows of an earlier run keep no private values (\(side) records: \(field.hidden))"
      }
      return field.present == 0 ? "no \(side) record has field.\(name)" : nil
    }
  }

  /// What the answer leaves out.
  func remarks(_ kind: OverlapKind) -> [String] {
    switch kind {
    case .exact: return []
    case .near, .turned:
      return [
        ("\(side) images of hardly any detail, near to none", blank),
        ("\(side) images that are not ok and have no perceptual hash", spoilt),
      ].filter { $0.1 > 0 }.map { "\($0): \($1)" }
    case .group(let name):
      let without = records - (fields.first { $0.name == name }?.present ?? 0)
      return without > 0 ? ["\(side) records without field.\(name): \(without)"] : []
    }
  }
}
