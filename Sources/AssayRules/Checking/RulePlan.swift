import AssayCore

/// A rule with everything prepared that does not depend on the record.
///
/// A class, so that going through the rules copies none of them: that is done for every record.
final class RulePlan {
  let rule: RecordRule
  /// The answer that must be yes for the rule to hold of a record.
  var conditionIndex: Int?
  /// The answer that is the rule.
  var assertIndex: Int?
  /// Where the field that the rule is about is declared.
  var fieldIndex: Int?
  /// The plugin whose answer the rule is about, by its place in `RecordRules.plugins`.
  var pluginIndex: Int?
  var regex: Regex?
  var words: WordSet?
  var sampleValues: Set<UInt16> = []

  init(rule: RecordRule) { self.rule = rule }
}

/// The values of a list, read by the type of what they are compared with.
enum WordSet {
  case texts(Set<String>)
  /// Whole numbers apart: not all of 64 bits are Doubles.
  case numbers(whole: Set<Int64>, other: Set<Double>)
  case flags(Set<Bool>)
  case seconds(Set<Int64>)

  /// Reads the words.
  ///
  /// - Throws: the first word that is no value of the kind.
  init(_ words: [String], _ kind: NameKind) throws(UnreadableWord) {
    switch kind {
    case .text: self = .texts(Set(words))
    case .number:
      var whole: Set<Int64> = []
      var other: Set<Double> = []
      for word in words {
        if case .integer(let integer) = FieldType.integer.parsing(word) {
          whole.insert(integer)
        } else if let real = try WordSet.read(word, .number).number {
          if let integer = Int64(exactly: real) { whole.insert(integer) } else { other.insert(real) }
        }
      }
      self = .numbers(whole: whole, other: other)
    case .flag:
      var flags: Set<Bool> = []
      for word in words { flags.insert(try WordSet.read(word, .boolean) == .boolean(true)) }
      self = .flags(flags)
    case .timestamp:
      var seconds: Set<Int64> = []
      for word in words {
        if case .integer(let second) = try WordSet.read(word, .timestamp) { seconds.insert(second) }
      }
      self = .seconds(seconds)
    }
  }

  /// A word that does not read as the kind it is compared with.
  struct UnreadableWord: Error {
    var word: String
    var type: FieldType
  }

  private static func read(_ word: String, _ type: FieldType) throws(UnreadableWord) -> Value {
    guard let value = type.parsing(word) else { throw UnreadableWord(word: word, type: type) }
    return value
  }

  /// Whether the value is one of them.
  func contains(_ value: Value) -> Bool {
    switch self {
    case .texts(let texts): texts.contains(value.canonicalText)
    case .numbers(let whole, let other):
      switch value {
      case .integer(let integer): whole.contains(integer)
      case .real(let real): Int64(exactly: real).map(whole.contains) ?? other.contains(real)
      case .boolean(let flag): whole.contains(flag ? 1 : 0)
      case .missing, .text, .vector: false
      }
    case .flags(let flags): if case .boolean(let flag) = value { flags.contains(flag) } else { false }
    case .seconds(let seconds):
      if case .integer(let second) = value { seconds.contains(second) } else { false }
    }
  }
}
