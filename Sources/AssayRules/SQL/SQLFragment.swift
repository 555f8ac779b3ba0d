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
  /// Whether it is the literal 0 or 1, which stand for false and true.
  var isBit = false
}
