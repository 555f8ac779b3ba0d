import AssayCore

/// Turns expressions into SQL over numbered parameters. Names, types and functions are checked here; SQLite
/// only ever sees text that was written by this module.
struct SQLCompiler {
  /// The most parentheses, operators and functions within each other.
  static let depthLimit = 64
  /// The longest expression, in Unicode scalars.
  static let lengthLimit = 8_192

  let names: NameTable
  /// What parameter `?i` is, at `i - 1`.
  private(set) var parameters: [NameTable.Entry] = []
  /// The expressions of `REGEXP`, by the index in the SQL.
  private(set) var regexes: [Regex] = []
  private var indexes: [FeatureReference: Int] = [:]

  init(names: NameTable) { self.names = names }

  /// What one expression became.
  struct Expression {
    var sql: String
    /// Parameters it reads, ascending, counted from 1.
    var parameters: [Int]
  }

  /// Compiles a condition.
  ///
  /// - Throws: the first thing that is wrong with it.
  mutating func compile(_ source: SQLText) throws(SchemaIssue) -> Expression {
    guard source.text.unicodeScalars.count <= SQLCompiler.lengthLimit else {
      throw SchemaIssue(
        source.position, "the expression is longer than \(SQLCompiler.lengthLimit) characters")
    }
    var lexer = SQLLexer(source)
    var parser = SQLParser(source: source, tokens: try lexer.tokens(), compiler: self)
    let result = try parser.condition()
    self = parser.compiler
    return Expression(sql: result.sql, parameters: parser.usedParameters.sorted())
  }

  /// The number of the parameter for that name.
  mutating func parameter(_ entry: NameTable.Entry) -> Int {
    if let index = indexes[entry.reference] { return index }
    parameters.append(entry)
    indexes[entry.reference] = parameters.count
    return parameters.count
  }

  /// The index under which the regular expression can be called.
  mutating func regex(_ pattern: String) throws(Regex.Failure) -> Int {
    regexes.append(try Regex(pattern))
    return regexes.count - 1
  }
}
