import AssayCore

/// A parser of SQLite's expressions by precedence, from `OR` up, that writes fully parenthesised SQL.
///
/// Source of the precedence: https://www.sqlite.org/lang_expr.html, section 2.
struct SQLParser {
  let source: SQLText
  let tokens: [SQLToken]
  var compiler: SQLCompiler
  var usedParameters: Set<Int> = []
  private var index = 0
  private var depth = 0

  init(source: SQLText, tokens: [SQLToken], compiler: SQLCompiler) {
    self.source = source
    self.tokens = tokens
    self.compiler = compiler
  }

  /// The whole expression, which must be true or false.
  mutating func condition() throws(SchemaIssue) -> SQLFragment {
    let result = try expression()
    if current.kind != .end { throw unexpected("the end of the expression or an operator") }
    guard result.type == .flag else {
      throw issue(result.range, "an expression that is true or false is expected, \(describe(result)) found")
    }
    return result
  }

  /// Any expression.
  mutating func expression() throws(SchemaIssue) -> SQLFragment {
    depth += 1
    defer { depth -= 1 }
    guard depth <= SQLCompiler.depthLimit else {
      throw issue(current.range, "the expression is nested deeper than \(SQLCompiler.depthLimit)")
    }
    var left = try conjunction()
    while accept(keyword: "OR") { left = try logic(left, "OR", try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(SchemaIssue) -> SQLFragment {
    var left = try negation()
    while accept(keyword: "AND") { left = try logic(left, "AND", try negation()) }
    return left
  }

  private mutating func negation() throws(SchemaIssue) -> SQLFragment {
    let start = current.range.lowerBound
    var count = 0
    while accept(keyword: "NOT") { count += 1 }
    var operand = try equality()
    guard count > 0 else { return operand }
    try require(operand, .flag, "NOT")
    if count % 2 == 1 {
      operand.sql = "(NOT \(operand.sql))"
      operand.chain = nil
    }
    operand.range = start..<operand.range.upperBound
    operand.type = .flag
    return operand
  }

  // MARK: = == <> != IS IN LIKE GLOB REGEXP BETWEEN ISNULL NOTNULL

  private mutating func equality() throws(SchemaIssue) -> SQLFragment {
    var left = try ordering()
    while true {
      if let symbol = accept(symbols: ["==", "=", "<>", "!="]) {
        let right = try ordering()
        try requireComparable(left, right, symbol, isOrdering: false)
        left = flag("(\(left.sql) \(symbol) \(right.sql))", left, right)
      } else if accept(keyword: "IS") {
        left = try identity(left)
      } else if accept(keyword: "ISNULL") {
        left = flag("(\(left.sql) IS NULL)", left, left)
      } else if accept(keyword: "NOTNULL") {
        left = flag("(\(left.sql) IS NOT NULL)", left, left)
      } else if isKeyword("NOT"), isKeyword("NULL", ahead: 1) {
        index += 2
        left = flag("(\(left.sql) IS NOT NULL)", left, left)
      } else {
        let isNegated =
          isKeyword("NOT")
          && ["IN", "LIKE", "GLOB", "REGEXP", "BETWEEN"].contains { isKeyword($0, ahead: 1) }
        if isNegated { index += 1 }
        guard var result = try membership(left) else { return left }
        if isNegated { result.sql = "(NOT \(result.sql))" }
        left = result
      }
    }
  }

  private mutating func identity(_ left: SQLFragment) throws(SchemaIssue) -> SQLFragment {
    var isNegated = accept(keyword: "NOT")
    if accept(keyword: "DISTINCT") {
      try expect(keyword: "FROM")
      isNegated.toggle()
    }
    let right = try ordering()
    if right.type != .null, left.type != .null { try requireComparable(left, right, "IS", isOrdering: false) }
    return flag("(\(left.sql) \(isNegated ? "IS NOT" : "IS") \(right.sql))", left, right)
  }

  private mutating func membership(_ left: SQLFragment) throws(SchemaIssue) -> SQLFragment? {
    if accept(keyword: "IN") { return try list(left) }
    if accept(keyword: "BETWEEN") {
      let low = try ordering()
      try expect(keyword: "AND")
      let high = try ordering()
      try requireComparable(left, low, "BETWEEN", isOrdering: true)
      try requireComparable(left, high, "BETWEEN", isOrdering: true)
      return flag("(\(left.sql) BETWEEN \(low.sql) AND \(high.sql))", left, high)
    }
    if accept(keyword: "REGEXP") {
      let pattern = try self.pattern(for: left, "REGEXP")
      do throws(Regex.Failure) {
        let regex = try compiler.regex(pattern.literal ?? "")
        return flag("\(SQLFunction.regexp)(\(regex), \(left.sql))", left, pattern)
      } catch {
        throw issue(pattern.range, "no regular expression (RE2): \(error.reason)")
      }
    }
    for word in ["LIKE", "GLOB"] where accept(keyword: word) {
      let pattern = try self.pattern(for: left, word)
      var sql = "\(left.sql) \(word) \(pattern.sql)"
      if word == "LIKE", accept(keyword: "ESCAPE") {
        let escape = try ordering()
        guard let literal = escape.literal, literal.unicodeScalars.count == 1 else {
          throw issue(escape.range, "one character in single quotes is expected after ESCAPE")
        }
        sql += " ESCAPE \(escape.sql)"
      }
      return flag("(\(sql))", left, pattern)
    }
    return nil
  }

  private mutating func pattern(for left: SQLFragment, _ word: String) throws(SchemaIssue) -> SQLFragment {
    try require(left, .text, word)
    let pattern = try ordering()
    guard pattern.literal != nil else {
      throw issue(pattern.range, "a pattern in single quotes is expected after \(word)")
    }
    return pattern
  }

  private mutating func list(_ left: SQLFragment) throws(SchemaIssue) -> SQLFragment {
    try expect(symbol: "(")
    var items: [SQLFragment] = []
    repeat {
      let item = try expression()
      try requireComparable(left, item, "IN", isOrdering: false)
      items.append(item)
    } while accept(symbols: [","]) != nil
    let end = current.range
    try expect(symbol: ")")
    var result = flag("(\(left.sql) IN (\(items.map(\.sql).joined(separator: ", "))))", left, left)
    result.range = left.range.lowerBound..<end.upperBound
    return result
  }

  // MARK: < <= > >= & | << >> + - * / % ||

  private mutating func ordering() throws(SchemaIssue) -> SQLFragment {
    var left = try arithmetic(0)
    while let symbol = accept(symbols: ["<=", ">=", "<", ">"]) {
      let right = try arithmetic(0)
      try requireComparable(left, right, symbol, isOrdering: true)
      left = flag("(\(left.sql) \(symbol) \(right.sql))", left, right)
    }
    return left
  }

  private static let arithmeticLevels = [["&", "|", "<<", ">>"], ["+", "-"], ["*", "/", "%"]]

  private mutating func arithmetic(_ level: Int) throws(SchemaIssue) -> SQLFragment {
    guard level < SQLParser.arithmeticLevels.count else { return try concatenation() }
    var left = try arithmetic(level + 1)
    while let symbol = accept(symbols: SQLParser.arithmeticLevels[level]) {
      let right = try arithmetic(level + 1)
      try require(left, .number, symbol)
      try require(right, .number, symbol)
      // Division is of reals, also where a function gave integers.
      if symbol == "/" {
        left.sql = "(1.0 * \(left.sql))"
        left.chain = nil
      }
      left = .chained(left, symbol, right, .number)
    }
    return left
  }

  private mutating func concatenation() throws(SchemaIssue) -> SQLFragment {
    var left = try collation()
    while accept(symbols: ["||"]) != nil {
      let right = try collation()
      try require(left, .text, "||")
      try require(right, .text, "||")
      left = .chained(left, "||", right, .text)
    }
    return left
  }

  private mutating func collation() throws(SchemaIssue) -> SQLFragment {
    var operand = try unary()
    while accept(keyword: "COLLATE") {
      guard case .name(let parts) = current.kind, parts.count == 1,
        ["NOCASE", "BINARY", "RTRIM"].contains(parts[0].uppercased())
      else { throw unexpected("NOCASE, BINARY or RTRIM") }
      try require(operand, .text, "COLLATE")
      operand.sql = "(\(operand.sql) COLLATE \(parts[0].uppercased()))"
      operand.literal = nil
      operand.chain = nil
      index += 1
    }
    return operand
  }

  private mutating func unary() throws(SchemaIssue) -> SQLFragment {
    let start = current.range.lowerBound
    var signs: [String] = []
    while let symbol = accept(symbols: ["-", "+", "~"]) {
      signs.append(symbol)
      guard signs.count <= 4 else { throw issue(current.range, "too many signs") }
    }
    var operand = try primary()
    for sign in signs.reversed() {
      try require(operand, .number, sign)
      operand = SQLFragment(
        sql: "(\(sign) \(operand.sql))", type: .number, range: start..<operand.range.upperBound)
    }
    return operand
  }
}

// MARK: - Tokens and types

extension SQLParser {
  var current: SQLToken { tokens[index] }

  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  func isKeyword(_ word: String, ahead distance: Int = 0) -> Bool {
    index + distance < tokens.count && tokens[index + distance].kind == .keyword(word)
  }

  func isSymbol(_ symbol: String, ahead distance: Int = 0) -> Bool {
    index + distance < tokens.count && tokens[index + distance].kind == .symbol(symbol)
  }

  mutating func accept(keyword: String) -> Bool {
    guard isKeyword(keyword) else { return false }
    index += 1
    return true
  }

  mutating func accept(symbols: [String]) -> String? {
    guard case .symbol(let symbol) = current.kind, symbols.contains(symbol) else { return nil }
    index += 1
    return symbol
  }

  mutating func expect(keyword: String) throws(SchemaIssue) {
    guard accept(keyword: keyword) else { throw unexpected(keyword) }
  }

  mutating func expect(symbol: String) throws(SchemaIssue) {
    guard accept(symbols: [symbol]) != nil else { throw unexpected("\"\(symbol)\"") }
  }

  func flag(_ sql: String, _ left: SQLFragment, _ right: SQLFragment) -> SQLFragment {
    SQLFragment(sql: sql, type: .flag, range: left.range.lowerBound..<right.range.upperBound)
  }

  func logic(_ left: SQLFragment, _ word: String, _ right: SQLFragment) throws(SchemaIssue) -> SQLFragment {
    try require(left, .flag, word)
    try require(right, .flag, word)
    return .chained(left, word, right, .flag)
  }

  func require(_ fragment: SQLFragment, _ type: SQLFragment.ValueType, _ word: String) throws(SchemaIssue) {
    guard fragment.type == type || (type == .flag && fragment.isBit) else {
      throw issue(
        fragment.range,
        "\(word) is for \(type == .flag ? "what is " : "")\(type.rawValue), \(describe(fragment)) found")
    }
  }

  /// Refuses what SQLite would answer by storage class, by never being true, or by comparing 0 or 1.
  func requireComparable(
    _ left: SQLFragment, _ right: SQLFragment, _ word: String, isOrdering: Bool
  ) throws(SchemaIssue) {
    if left.type == .null || right.type == .null {
      throw issue(right.range, "nothing compares with NULL; write IS NULL or IS NOT NULL")
    }
    if left.type == .flag || right.type == .flag {
      if isOrdering {
        throw issue(
          left.range.lowerBound..<right.range.upperBound,
          "\(word) compares what is true or false; a range is written: a < x AND x < b")
      }
      guard (left.type == .flag || left.isBit) && (right.type == .flag || right.isBit) else {
        throw issue(
          right.range, "\(describe(left)) compared with \(describe(right)); write = true or = false")
      }
    } else if left.type != right.type {
      throw issue(
        right.range, "\(describe(left)) compared with \(describe(right)): one of them is never the other")
    }
  }

  func describe(_ fragment: SQLFragment) -> String {
    "\(text(of: fragment.range)) (\(fragment.type.rawValue))"
  }

  func text(of range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: Array(source.text.unicodeScalars)[range])
    return String(text)
  }

  func unexpected(_ expected: String) -> SchemaIssue {
    let found = current.kind == .end ? "the end" : "\"\(text(of: current.range))\""
    return issue(current.range, "\(expected) is expected, \(found) found")
  }

  func issue(_ range: Range<Int>, _ message: String, suggestion: String? = nil) -> SchemaIssue {
    SchemaIssue(source.position(at: range.lowerBound), message, suggestion: suggestion)
  }
}
