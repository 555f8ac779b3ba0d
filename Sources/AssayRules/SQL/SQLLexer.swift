import AssayCore

/// Splits an SQL expression into tokens. Comments, parameters, blobs and statements have no token.
struct SQLLexer {
  private let source: SQLText
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ source: SQLText) {
    self.source = source
    scalars = Array(source.text.unicodeScalars)
  }

  /// All tokens, the last of which is `end`.
  mutating func tokens() throws(SchemaIssue) -> [SQLToken] {
    var tokens: [SQLToken] = []
    while true {
      skipSpace()
      let start = index
      guard index < scalars.count else {
        tokens.append(SQLToken(kind: .end, range: start..<start))
        return tokens
      }
      let kind = try next()
      tokens.append(SQLToken(kind: kind, range: start..<index))
    }
  }

  private mutating func next() throws(SchemaIssue) -> SQLToken.Kind {
    let scalar = scalars[index]
    if isNameStart(scalar) || scalar == "\"" { return try name() }
    if isDigit(scalar) || (scalar == "." && isDigit(peek(1))) { return try number() }
    if scalar == "'" { return .text(try quoted(by: "'", what: "text")) }
    if (scalar == "-" && peek(1) == "-") || (scalar == "/" && peek(1) == "*") {
      throw issue(index, "comments have no place in an expression; use YAML's #")
    }
    for symbol in SQLToken.symbols where starts(with: symbol) {
      index += symbol.unicodeScalars.count
      return .symbol(symbol)
    }
    if scalar == ";" { throw issue(index, "one expression is expected, found \";\"") }
    if scalar == "?" || scalar == ":" || scalar == "@" || scalar == "$" {
      throw issue(index, "parameters have no place in an expression; name the feature or field")
    }
    throw issue(index, "unexpected character \"\(scalar)\"")
  }

  private mutating func name() throws(SchemaIssue) -> SQLToken.Kind {
    var parts: [String] = []
    var isQuoted = false
    repeat {
      if !parts.isEmpty { index += 1 }
      guard index < scalars.count, isNameStart(scalars[index]) || scalars[index] == "\"" else {
        throw issue(index, "a name is expected after \".\"")
      }
      if scalars[index] == "\"" {
        isQuoted = true
        parts.append(try quoted(by: "\"", what: "name"))
      } else {
        parts.append(word())
      }
    } while peek(0) == "."
    let capitals = parts[0].uppercased()
    if parts.count == 1, !isQuoted, SQLToken.keywords.contains(capitals) { return .keyword(capitals) }
    return .name(parts)
  }

  private mutating func word() -> String {
    var word = String.UnicodeScalarView()
    while index < scalars.count, isNameStart(scalars[index]) || isDigit(scalars[index]) {
      word.append(scalars[index])
      index += 1
    }
    return String(word)
  }

  private mutating func number() throws(SchemaIssue) -> SQLToken.Kind {
    let start = index
    while isDigit(peek(0)) || peek(0) == "." { index += 1 }
    if peek(0) == "e" || peek(0) == "E" {
      index += 1
      if peek(0) == "+" || peek(0) == "-" { index += 1 }
      while isDigit(peek(0)) { index += 1 }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<index])
    guard let value = Double(String(text)), value.isFinite, peek(0).map({ !isNameStart($0) }) ?? true else {
      throw issue(start, "\"\(String(text))\(peek(0).map { String($0) } ?? "")\" is no number")
    }
    return .number(String(text))
  }

  private mutating func quoted(by quote: Unicode.Scalar, what: String) throws(SchemaIssue) -> String {
    let start = index
    var text = String.UnicodeScalarView()
    index += 1
    while index < scalars.count {
      if scalars[index] == quote {
        guard peek(1) == quote else {
          index += 1
          return String(text)
        }
        index += 1
      }
      text.append(scalars[index])
      index += 1
    }
    throw issue(start, "a \(what) that begins with \(quote) has no closing \(quote)")
  }

  private mutating func skipSpace() {
    while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
  }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    index + distance < scalars.count ? scalars[index + distance] : nil
  }

  private func starts(with symbol: String) -> Bool {
    scalars[index...].starts(with: symbol.unicodeScalars)
  }

  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0.value >= 0x30 && $0.value <= 0x39 } ?? false
  }

  private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private func issue(_ offset: Int, _ message: String) -> SchemaIssue {
    SchemaIssue(source.position(at: offset), message)
  }
}
