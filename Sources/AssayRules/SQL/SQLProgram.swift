import AssayCore
private import CSQLite

/// All conditions of a schema as one prepared SELECT over bound parameters, with no table.
///
/// One thread at a time: the statement is a cursor.
final class SQLProgram {
  /// What a condition said of a record.
  enum Answer: Equatable { case yes, no, null }

  /// What a parameter is bound to.
  enum Binding { case null, number(Double), text(String) }

  /// The longest text that is bound; a longer one is NULL. Unit: bytes.
  static let textLimit = 64 << 10
  /// The most steps of SQLite's virtual machine for one record, in thousands.
  static let stepLimit = 10_000

  /// What parameter `?i` is, at `i - 1`.
  let parameters: [NameTable.Entry]
  /// By condition, the parameters it reads.
  let reads: [[Int]]

  private let database: OpaquePointer
  private let statement: OpaquePointer
  private let regexes: RegexTable
  /// Thousands of steps left for this record.
  private let budget: UnsafeMutablePointer<Int>

  /// Compiles the conditions.
  ///
  /// - Throws: one issue for each condition that is wrong.
  init(_ conditions: [SQLText], names: NameTable) throws(SchemaError) {
    var compiler = SQLCompiler(names: names)
    var issues: [SchemaIssue] = []
    var expressions: [SQLCompiler.Expression] = []
    for condition in conditions {
      do throws(SchemaIssue) { expressions.append(try compiler.compile(condition)) } catch {
        issues.append(error)
      }
    }
    guard issues.isEmpty else { throw SchemaError(issues) }
    parameters = compiler.parameters
    reads = expressions.map(\.parameters)
    regexes = RegexTable(compiler.regexes)
    let sql = "SELECT \(expressions.map(\.sql).joined(separator: ", "))"
    let place = conditions.first?.position ?? SourcePosition(file: "schema")
    do throws(SQLFailure) {
      (database, statement) = try SQLProgram.open(sql, regexes)
    } catch {
      throw SchemaError([SchemaIssue(place, "SQLite refuses the expressions: \(error.reason)")])
    }
    budget = .allocate(capacity: 1)
    budget.initialize(to: SQLProgram.stepLimit)
    sqlite3_progress_handler(
      database, 1_000,
      { context in
        guard let left = context?.assumingMemoryBound(to: Int.self) else { return 1 }
        left.pointee -= 1
        return left.pointee < 0 ? 1 : 0
      }, budget)
  }

  deinit {
    sqlite3_finalize(statement)
    sqlite3_close(database)
    budget.deallocate()
  }

  /// What every condition says, with parameter `i` bound to `bindings[i - 1]`. A record that SQLite gives up
  /// on, at a limit, comes to NULL everywhere.
  func answers(_ bindings: [Binding]) -> [Answer] {
    budget.pointee = SQLProgram.stepLimit
    for (index, binding) in bindings.enumerated() { bind(binding, at: Int32(index + 1)) }
    defer { sqlite3_reset(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW else { return reads.map { _ in .null } }
    return reads.indices.map { index in
      if sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL { return .null }
      return sqlite3_column_double(statement, Int32(index)) != 0 ? .yes : .no
    }
  }

  private func bind(_ binding: Binding, at index: Int32) {
    switch binding {
    case .null: sqlite3_bind_null(statement, index)
    case .number(let number): sqlite3_bind_double(statement, index, number)
    case .text(var text):
      text.withUTF8 { bytes in
        if bytes.count > SQLProgram.textLimit {
          sqlite3_bind_null(statement, index)
        } else {
          bytes.withMemoryRebound(to: CChar.self) { characters in
            _ = sqlite3_bind_text(
              statement, index, characters.baseAddress ?? emptyText, Int32(characters.count),
              assay_sqlite_transient())
          }
        }
      }
    }
  }
}

/// What an empty text points at: SQLite takes a null pointer for NULL. Written once, never again.
nonisolated(unsafe) private let emptyText: UnsafePointer<CChar> = {
  let text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
  text.initialize(to: 0)
  return UnsafePointer(text)
}()

/// The compiled expressions that `REGEXP` calls by index.
private final class RegexTable {
  let regexes: [Regex]

  init(_ regexes: [Regex]) { self.regexes = regexes }
}

/// SQLite's own words.
private struct SQLFailure: Error {
  var reason: String
}

extension SQLProgram {
  /// Opens an empty database with nothing but the allowed functions, and prepares the statement.
  private static func open(
    _ sql: String, _ regexes: RegexTable
  ) throws(SQLFailure) -> (OpaquePointer, OpaquePointer) {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(":memory:", &handle, flags, nil) == SQLITE_OK, let database = handle else {
      sqlite3_close(handle)
      throw SQLFailure(reason: "no database in memory")
    }
    restrict(database)
    register(regexes, in: database)
    sqlite3_exec(database, "PRAGMA case_sensitive_like = ON", nil, nil, nil)
    sqlite3_set_authorizer(database, authorize, nil)
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      let reason = String(cString: sqlite3_errmsg(database))
      sqlite3_close(database)
      throw SQLFailure(reason: reason)
    }
    return (database, statement)
  }

  private static func restrict(_ database: OpaquePointer) {
    // "stop" in double quotes is a name and never a text; neither views nor extensions are trusted.
    for option in [SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_TRUSTED_SCHEMA] {
      assay_sqlite_configure(database, option, 0)
    }
    assay_sqlite_configure(database, SQLITE_DBCONFIG_DEFENSIVE, 1)
    let limits: [(Int32, Int32)] = [
      (SQLITE_LIMIT_LENGTH, 4 << 20), (SQLITE_LIMIT_SQL_LENGTH, 4 << 20), (SQLITE_LIMIT_EXPR_DEPTH, 1_000),
      (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256), (SQLITE_LIMIT_FUNCTION_ARG, 20), (SQLITE_LIMIT_ATTACHED, 0),
      (SQLITE_LIMIT_TRIGGER_DEPTH, 0), (SQLITE_LIMIT_WORKER_THREADS, 0), (SQLITE_LIMIT_COMPOUND_SELECT, 1),
    ]
    for (limit, value) in limits { sqlite3_limit(database, limit, value) }
  }

  private static func register(_ regexes: RegexTable, in database: OpaquePointer) {
    sqlite3_create_function_v2(
      database, SQLFunction.regexp, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
      // The table outlives the connection: both belong to one program.
      Unmanaged.passUnretained(regexes).toOpaque(),
      { context, _, arguments in
        guard let arguments, let data = sqlite3_user_data(context) else { return }
        guard let text = sqlite3_value_text(arguments[1]) else { return sqlite3_result_null(context) }
        let table = Unmanaged<RegexTable>.fromOpaque(data).takeUnretainedValue()
        let count = Int(sqlite3_value_bytes(arguments[1]))
        let regex = table.regexes[Int(sqlite3_value_int(arguments[0]))]
        let isFound = text.withMemoryRebound(to: CChar.self, capacity: count) {
          regex.find(in: $0, count: count, from: 0) != nil
        }
        sqlite3_result_int(context, isFound ? 1 : 0)
      }, nil, nil, nil)
  }

  /// Allows SELECT and the listed functions, and nothing else. The corresponding C function is
  /// `sqlite3_set_authorizer`.
  private static let authorize:
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
      UnsafePointer<CChar>?
    ) -> Int32 = { _, action, _, name, _, _ in
      if action == SQLITE_SELECT { return SQLITE_OK }
      guard action == SQLITE_FUNCTION, let name else { return SQLITE_DENY }
      return SQLFunction.authorized.contains(String(cString: name).lowercased()) ? SQLITE_OK : SQLITE_DENY
    }
}
