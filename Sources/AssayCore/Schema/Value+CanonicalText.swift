extension Value {
  /// The value as text: what a comparison with a word of the schema sees. Empty for `missing`.
  package var canonicalText: String {
    switch self {
    case .missing: ""
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let integer): String(integer)
    case .real(let real): plainNumber(real)
    case .text(let text): text
    case .vector(let numbers): "[" + numbers.map(plainNumber).joined(separator: ", ") + "]"
    }
  }
}
