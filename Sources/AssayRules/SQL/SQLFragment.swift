/// A part of an expression that was understood: the SQL to run for it, and what it is.
struct SQLFragment {
  /// What values an expression has.
  enum ValueType: String {
    case number, text
    case flag = "true or false"
    case null = "NULL"
  }

  /// Complete in itself: in parentheses where it is more than one word.
  var sql: String
  var type: ValueType
  /// The Unicode scalars of the expression it came from.
  var range: Range<Int>
  /// The text of a text literal, which patterns must be.
  var literal: String?
  /// The operator of a chain such as `a AND b AND c`, which may grow to the right without more parentheses:
  /// SQLite's parser has a stack of 100.
  var chain: String?
  /// Whether it is the literal 0 or 1, which stand for false and true.
  var isBit = false

  /// The left operand joined with a right one by an operator that groups from the left.
  static func chained(_ left: SQLFragment, _ word: String, _ right: SQLFragment, _ type: ValueType)
    -> SQLFragment
  {
    let start = left.chain == word ? String(left.sql.dropLast()) : "(\(left.sql)"
    return SQLFragment(
      sql: "\(start) \(word) \(right.sql))", type: type,
      range: left.range.lowerBound..<right.range.upperBound,
      chain: word)
  }
}
