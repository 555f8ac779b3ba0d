import AssayCore
import AssayRules
import AssayTestSupport
import CSQLite
import Testing

/// Expressions from chance, asked of the checker and of SQLite as they are.
struct SQLPrecedenceTests {
  private static func number(_ generator: inout SplitMix64, _ depth: Int) -> String {
    let operators = ["+", "-", "*", "/", "%", "&", "|", "<<", ">>"]
    var text = ""
    for index in 0...Int.random(in: 0...3, using: &generator) {
      if index > 0 { text += " \(operators.randomElement(using: &generator) ?? "+") " }
      if Int.random(in: 0..<6, using: &generator) == 0 { text += "-" }
      if depth > 0, Int.random(in: 0..<4, using: &generator) == 0 {
        text += "(\(number(&generator, depth - 1)))"
      } else {
        // With a point, so that SQLite itself divides reals.
        text += "\(Int.random(in: 0...9, using: &generator)).0"
      }
    }
    return text
  }

  private static func condition(_ generator: inout SplitMix64, _ depth: Int) -> String {
    let comparisons = ["=", "<>", "<", "<=", ">", ">=", "==", "!=", "IS", "IS NOT"]
    var text = ""
    for index in 0...Int.random(in: 0...3, using: &generator) {
      if index > 0 { text += Bool.random(using: &generator) ? " AND " : " OR " }
      if Int.random(in: 0..<4, using: &generator) == 0 { text += "NOT " }
      switch Int.random(in: 0..<6, using: &generator) {
      case 0 where depth > 0: text += "(\(condition(&generator, depth - 1)))"
      case 1:
        text += "\(number(&generator, 1)) BETWEEN \(number(&generator, 1)) AND \(number(&generator, 1))"
      case 2: text += "\(number(&generator, 1)) NOT IN (\(number(&generator, 1)), \(number(&generator, 1)))"
      case 3: text += "\(number(&generator, 1)) IS NULL"
      default:
        let comparison = comparisons.randomElement(using: &generator) ?? "="
        text += "\(number(&generator, 2)) \(comparison) \(number(&generator, 2))"
      }
    }
    return text
  }

  private static func plainAnswer(_ sql: String, _ database: OpaquePointer?) -> RuleState? {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(database, "SELECT \(sql)", -1, &statement, nil) == SQLITE_OK,
      sqlite3_step(statement) == SQLITE_ROW
    else { return nil }
    if sqlite3_column_type(statement, 0) == SQLITE_NULL { return .notEvaluated }
    return sqlite3_column_double(statement, 0) != 0 ? .passed : .violated
  }

  @Test func expressionsMeanWhatSQLiteTakesThemFor() throws {
    var database: OpaquePointer?
    #expect(sqlite3_open(":memory:", &database) == SQLITE_OK)
    defer { sqlite3_close(database) }
    var generator = SplitMix64(seed: 2_026)
    for _ in 0..<400 {
      let sql = SQLPrecedenceTests.condition(&generator, 2)
      let checker = try RecordForge.checker([RecordForge.assertion(sql)])
      let answer = checker.check(RecordForge.record()).ruleStates[0]
      #expect(answer == SQLPrecedenceTests.plainAnswer(sql, database), "\(sql)")
    }
  }

  @Test func wordsFromChanceNeverCrash() {
    let words = [
      "width", "label", "image", ".", "(", ")", "'a'", "1", "1.5", "AND", "OR", "NOT", "IN", "IS", "NULL",
      "LIKE", "CASE",
      "WHEN", "THEN", "ELSE", "END", "CAST", "AS", "INTEGER", "BETWEEN", "+", "-", "/", "||", "<", "=", ",",
      "abs", "min",
      "REGEXP", "ESCAPE", "COLLATE", "NOCASE", "\"", "'", "true", "🙂", "\u{0}", "--", ";", "?1", "IFNULL",
      "~",
    ]
    var generator = SplitMix64(seed: 31)
    var accepted = 0
    for _ in 0..<3_000 {
      let count = Int.random(in: 1...9, using: &generator)
      let sql = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
      guard let checker = try? RecordForge.checker([RecordForge.assertion(sql)]) else { continue }
      accepted += 1
      #expect(checker.check(RecordForge.record()).ruleStates[0] != .notApplicable)
    }
    #expect(accepted > 0)
  }
}
