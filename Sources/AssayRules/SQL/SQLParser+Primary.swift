import AssayCore

extension SQLParser {
  /// A literal, a name, a call, CASE, CAST or an expression in parentheses.
  mutating func primary() throws(SchemaIssue) -> SQLFragment {
    let token = current
    switch token.kind {
    case .number(let digits):
      advance()
      return SQLFragment(
        sql: realLiteral(digits), type: .number, range: token.range, isBit: digits == "0" || digits == "1")
    case .text(let text):
      advance()
      let quoted = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      guard !text.unicodeScalars.contains("\0") else {
        throw issue(token.range, "a text must not contain U+0000")
      }
      return SQLFragment(sql: "'\(quoted)'", type: .text, range: token.range, literal: text)
    case .name(let parts):
      return isSymbol("(", ahead: 1) ? try call(parts, token) : try name(parts, token)
    case .symbol("("):
      advance()
      var inner = try expression()
      inner.range = token.range.lowerBound..<current.range.upperBound
      try expect(symbol: ")")
      return inner
    case .keyword(let word): return try reserved(word, token)
    default: throw unexpected("a value")
    }
  }

  /// A number that SQLite takes for a real.
  private func realLiteral(_ digits: String) -> String {
    digits.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? digits + ".0" : digits
  }

  private mutating func reserved(_ word: String, _ token: SQLToken) throws(SchemaIssue) -> SQLFragment {
    switch word {
    case "TRUE", "FALSE":
      advance()
      return SQLFragment(sql: word == "TRUE" ? "1.0" : "0.0", type: .flag, range: token.range)
    case "NULL":
      advance()
      return SQLFragment(sql: "NULL", type: .null, range: token.range)
    case "CASE": return try cases()
    case "CAST": return try cast()
    case "NOT":
      throw issue(token.range, "NOT needs parentheses here")
    case "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP":
      throw issue(token.range, "\(word) is not allowed: the same data must always get the same answer")
    case "SELECT", "EXISTS", "VALUES", "WITH":
      throw issue(token.range, "\(word) is not allowed: an expression sees one record and no table")
    default: throw unexpected("a value")
    }
  }

  private mutating func name(_ parts: [String], _ token: SQLToken) throws(SchemaIssue) -> SQLFragment {
    let position = source.position(at: token.range.lowerBound)
    switch compiler.names.resolve(parts.joined(separator: "."), at: position) {
    case .success(let entry):
      advance()
      let parameter = compiler.parameter(entry)
      usedParameters.insert(parameter)
      let type: SQLFragment.ValueType =
        switch entry.kind {
        case .number: .number
        case .flag: .flag
        case .text, .timestamp: .text
        }
      return SQLFragment(sql: "?\(parameter)", type: type, range: token.range)
    case .failure(var issue):
      if text(of: token.range).hasPrefix("\"") {
        issue.message += "; double quotes are for names, text stands in single quotes"
      }
      throw issue
    }
  }

  private mutating func call(_ parts: [String], _ token: SQLToken) throws(SchemaIssue) -> SQLFragment {
    let name = parts.joined(separator: ".").lowercased()
    guard let function = SQLFunction.all[name] else {
      throw issue(
        token.range,
        "the function \"\(name)\" is not allowed; allowed are \(SQLFunction.all.keys.sorted().joined(separator: ", "))",
        suggestion: nearestWord(to: name, among: SQLFunction.all.keys.sorted()))
    }
    advance()
    advance()
    var arguments: [SQLFragment] = []
    if !isSymbol(")") {
      repeat { arguments.append(try expression()) } while accept(symbols: [","]) != nil
    }
    let end = current.range
    try expect(symbol: ")")
    let range = token.range.lowerBound..<end.upperBound
    let result = try check(arguments, of: function, named: name, range)
    return SQLFragment(
      sql: "\(name)(\(arguments.map(\.sql).joined(separator: ", ")))", type: result, range: range)
  }

  /// Checks the arguments and says what the call gives.
  private func check(
    _ arguments: [SQLFragment], of function: SQLFunction, named name: String, _ range: Range<Int>
  ) throws(SchemaIssue) -> SQLFragment.ValueType {
    let most = function.isVariadic ? 16 : function.arguments.count
    let least = function.arguments.count - function.optionalCount
    guard (least...most).contains(arguments.count) else {
      throw issue(
        range,
        "\(name) takes \(least == most ? "\(least)" : "\(least) to \(most)") arguments, found \(arguments.count)"
      )
    }
    var free: SQLFragment?
    for (index, argument) in arguments.enumerated() {
      let declared = function.arguments[min(index, function.arguments.count - 1)]
      if let declared {
        if argument.type != .null { try require(argument, declared, name) }
      } else {
        free = try agreeing(free, argument, name)
      }
    }
    return function.result ?? free?.type ?? .null
  }

  /// The one of two alternatives that has a type, if both may stand for each other.
  private func agreeing(
    _ first: SQLFragment?, _ second: SQLFragment, _ word: String
  ) throws(SchemaIssue) -> SQLFragment {
    guard let first, first.type != .null else { return second }
    guard second.type == .null || second.type == first.type || (first.type == .flag && second.isBit) else {
      throw issue(second.range, "\(word) gives \(describe(first)) or \(describe(second)); both must be alike")
    }
    return first
  }

  private mutating func cases() throws(SchemaIssue) -> SQLFragment {
    let start = current.range.lowerBound
    advance()
    let base = isKeyword("WHEN") ? nil : try expression()
    var sql = base.map { "CASE \($0.sql)" } ?? "CASE"
    var result: SQLFragment?
    while accept(keyword: "WHEN") {
      let when = try expression()
      if let base {
        try requireComparable(base, when, "CASE", isOrdering: false)
      } else {
        try require(when, .flag, "WHEN")
      }
      try expect(keyword: "THEN")
      let then = try expression()
      result = try agreeing(result, then, "CASE")
      sql += " WHEN \(when.sql) THEN \(then.sql)"
    }
    guard var outcome = result else { throw unexpected("WHEN") }
    if accept(keyword: "ELSE") {
      let other = try expression()
      outcome = try agreeing(outcome, other, "CASE")
      sql += " ELSE \(other.sql)"
    }
    let end = current.range.upperBound
    try expect(keyword: "END")
    return SQLFragment(sql: "(\(sql) END)", type: outcome.type, range: start..<end)
  }

  /// CAST of a number to INTEGER, which cuts its fraction off. Text is made a number by declaring its type:
  /// SQLite would take 0 for what is none.
  private mutating func cast() throws(SchemaIssue) -> SQLFragment {
    let start = current.range.lowerBound
    advance()
    try expect(symbol: "(")
    let operand = try expression()
    try expect(keyword: "AS")
    guard case .name(let parts) = current.kind, parts.count == 1,
      ["INTEGER", "INT", "REAL"].contains(parts[0].uppercased())
    else { throw unexpected("INTEGER or REAL") }
    guard operand.type == .number || operand.type == .flag else {
      throw issue(
        operand.range, "CAST is for numbers, \(describe(operand)) found; declare the field's type instead")
    }
    advance()
    let end = current.range.upperBound
    try expect(symbol: ")")
    let type = parts[0].uppercased() == "REAL" ? "REAL" : "INTEGER"
    return SQLFragment(sql: "CAST(\(operand.sql) AS \(type))", type: .number, range: start..<end)
  }
}
