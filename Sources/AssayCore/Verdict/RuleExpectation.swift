extension RecordCheck {
  /// What the rule expects of a record, in words.
  package var expectation: String {
    switch self {
    case .range(let bounds): bounds.description
    case .oneOf(let words): RecordCheck.list(words)
    case .flag(let flag): flag ? "true" : "false"
    case .color(let demand): demand.rawValue
    case .extensionMatch: "the extension of the image's format"
    case .imagePresent: "an image"
    case .sameSize(let other): "the size of \(other)"
    case .sampleValues(let values): "only the values " + RecordCheck.list(values.map { String($0) })
    case .required: "a value"
    case .type(let type): type.rawValue
    case .length(let bounds): bounds.counting("character")
    case .pattern(let pattern): "match of \(pattern)"
    case .unique: "a value no other record has"
    case .equals(let other): "the value of \(other.fullName)"
    case .checksum(let algorithm): "\(algorithm.rawValue) of the image"
    case .dropped: "no value"
    case .masked(let algorithm): "\(algorithm.rawValue) in hexadecimal or base64"
    case .noPersonalData: "no e-mail address, phone or card number"
    case .assert(let expression): expression.text
    case .probabilities(let fields, let sum, let tolerance):
      "probabilities with the sum \(plainNumber(sum)), give or take \(plainNumber(tolerance)): "
        + RecordCheck.list(fields.map(\.fullName))
    case .plugin: "an answer of the plugin, and no finding"
    }
  }

  private static func list(_ words: [String]) -> String {
    let shown = words.prefix(12).joined(separator: ", ")
    return words.count > 12 ? "\(shown) or \(words.count - 12) more" : shown
  }
}

extension SetCheck {
  /// What the rule expects of the set, in words.
  package var expectation: String {
    switch self {
    case .recordCount(let bounds): bounds.counting("record")
    case .records(let kind, let bounds): "\(kind.rawValue): \(bounds)"
    case .orphans(let kind, let bounds): "\(kind.rawValue) without a match: \(bounds)"
    case .share(_, let value, let bounds): "\(value): \(bounds)"
    case .mean(_, let bounds): "mean \(bounds)"
    case .quantile(_, let order, let bounds): "quantile \(plainNumber(order)): \(bounds)"
    case .metric(let check): check.expectation
    }
  }
}
