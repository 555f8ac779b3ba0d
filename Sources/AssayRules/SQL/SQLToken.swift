/// One word of an SQL expression.
struct SQLToken: Equatable {
  enum Kind: Equatable {
    /// A name in parts, `image.width` in two, quotes removed.
    case name([String])
    /// A reserved word, in capitals.
    case keyword(String)
    /// A number as it was written.
    case number(String)
    /// A text between single quotes, quotes removed.
    case text(String)
    case symbol(String)
    case end
  }

  var kind: Kind
  /// The Unicode scalars of the expression that it covers.
  var range: Range<Int>
}

extension SQLToken {
  /// Words that are never names unless a prefix stands before them (`field.end`).
  static let keywords: Set<String> = [
    "AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE", "GLOB", "REGEXP", "BETWEEN", "CASE", "WHEN", "THEN",
    "ELSE", "END", "CAST", "AS", "ESCAPE", "COLLATE", "TRUE", "FALSE", "ISNULL", "NOTNULL", "DISTINCT",
    "FROM", "SELECT", "EXISTS", "MATCH", "RAISE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP",
    "OVER", "FILTER", "VALUES", "WITH", "UNION", "WHERE", "GROUP", "ORDER", "LIMIT",
  ]

  /// Symbols, the longest first.
  static let symbols = [
    "||", "<<", ">>", "<=", ">=", "<>", "!=", "==", "(", ")", ",", "+", "-", "*", "/", "%", "&", "|", "~",
    "<", ">", "=",
  ]
}
