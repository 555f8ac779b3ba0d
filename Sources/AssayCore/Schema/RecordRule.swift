/// One thing that every record is checked for.
package struct RecordRule: Sendable, Hashable, Codable {
  /// Stable: the given id, or the rule's path in the schema (`images.image.width`).
  package var id: String
  package var subject: RuleSubject
  package var check: RecordCheck
  package var terms: RuleTerms
  package var position: SourcePosition
  /// Whether it is a term of the model's contract, and not of the data.
  package var isOfOutput: Bool

  package init(
    id: String, subject: RuleSubject, check: RecordCheck, terms: RuleTerms = RuleTerms(),
    position: SourcePosition, isOfOutput: Bool = false
  ) {
    self.id = id
    self.subject = subject
    self.check = check
    self.terms = terms
    self.position = position
    self.isOfOutput = isOfOutput
  }
}

/// What a rule is about.
package enum RuleSubject: Sendable, Hashable, Codable {
  case record
  case image(String)
  case feature(FeatureReference)
  /// What the plugin of that id says.
  case plugin(String)

  /// The name a finding carries.
  package var name: String {
    switch self {
    case .record: "record"
    case .image(let name): name
    case .feature(let reference): reference.fullName
    case .plugin(let id): id
    }
  }
}

/// What a record rule checks. Numbers of timestamps are seconds.
package enum RecordCheck: Sendable, Hashable, Codable {
  case range(Bounds)
  /// One of these words, read by the subject's type: `5` and `5.0` are one number and two texts.
  case oneOf([String])
  case flag(Bool)
  case color(ColorDemand)
  /// The name's extension agrees with the bytes' format.
  case extensionMatch
  /// The record has the image.
  case imagePresent
  /// Width and height are those of the other image.
  case sameSize(as: String)
  /// No sample has another value than these, ascending.
  case sampleValues([UInt16])
  case required
  case type(FieldType)
  /// The length in Unicode scalars.
  case length(Bounds)
  /// The whole text matches the expression (RE2 syntax).
  case pattern(String)
  /// No other record has the value. Decided by the coordinator's index; a worker only gives the hash.
  case unique
  case equals(FeatureReference)
  /// The digest, in hexadecimal, of the default image's bytes.
  case checksum(ChecksumAlgorithm)
  /// The field has no value.
  case dropped
  case masked(MaskAlgorithm)
  /// No e-mail address, phone or card number.
  case noPersonalData
  /// The SQL expression is true.
  case assert(SQLText)
  /// The fields are probabilities and have that sum, give or take the tolerance.
  case probabilities([FeatureReference], sum: Double, tolerance: Double)
  /// The plugin answers, and finds nothing wrong.
  case plugin
}

/// What `color:` asks for.
package enum ColorDemand: String, Sendable, Hashable, Codable, CaseIterable {
  /// R = G = B in every pixel.
  case grayscale
  /// At most 1 % of the pixels differ by more than 8.
  case nearGrayscale = "near-grayscale"
  /// Not grayscale.
  case color
}

/// The digests a manifest may give of its images.
package enum ChecksumAlgorithm: String, Sendable, Hashable, Codable, CaseIterable {
  case md5, sha256
}

/// The digests a field may be masked by.
package enum MaskAlgorithm: String, Sendable, Hashable, Codable, CaseIterable {
  case md5, sha1, sha256

  /// The digest's length.
  package var byteCount: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }
}

extension RecordRule {
  /// The code of the finding when the rule is violated.
  package var code: FindingCode {
    switch check {
    case .range where isOfOutput: .outputsRange
    case .oneOf where isOfOutput: .outputsClass
    case .probabilities: .outputsSum
    case .range:
      switch subject {
      case .feature(.field): .fieldRange
      case .feature(.measurement): .measurementRange
      default: .imageRange
      }
    case .oneOf:
      switch subject {
      case .feature(.field): .fieldValues
      case .feature(.image(_, .format)): .imageFormat
      default: .imageValues
      }
    case .flag: subject.isMetadata ? .imageMetadata : .imageValues
    case .color: .imageColor
    case .extensionMatch: .imageExtensionMismatch
    case .imagePresent: .imageMissing
    case .sameSize: .imageSizeMismatch
    case .sampleValues: .imageSampleValues
    case .required: .fieldMissing
    case .type: .fieldType
    case .length: .fieldLength
    case .pattern: .fieldPattern
    case .unique: .fieldUnique
    case .equals: .fieldEquals
    case .checksum: .fieldChecksum
    case .dropped: .privacyPresent
    case .masked: .privacyClearText
    case .noPersonalData: .privacyPersonalData
    case .assert: .invariantAssert
    case .plugin: .invariantPlugin
    }
  }
}

extension RuleSubject {
  /// Whether it is a fact that `metadata:` declares.
  fileprivate var isMetadata: Bool {
    if case .feature(.image(_, .gps)) = self { true } else { false }
  }
}
