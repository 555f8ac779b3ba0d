/// The functions an expression may call: all deterministic, and the same on every machine.
struct SQLFunction {
  /// What each argument must be; nil for anything, provided all such arguments agree.
  var arguments: [SQLFragment.ValueType?]
  /// How many of them may be left out, from the end.
  var optionalCount = 0
  /// Whether the last one may be repeated.
  var isVariadic = false
  /// What it gives; nil for what its agreeing arguments are.
  var result: SQLFragment.ValueType?

  /// By name, in lower case. Nothing with a clock, chance, a locale or libm's last digit is in it.
  static let all: [String: SQLFunction] = {
    let number = SQLFragment.ValueType.number
    let text = SQLFragment.ValueType.text
    func oneNumber() -> SQLFunction { SQLFunction(arguments: [number], result: number) }
    func textToText(optional: Int = 0) -> SQLFunction {
      SQLFunction(
        arguments: [text] + Array(repeating: text, count: optional), optionalCount: optional, result: text)
    }
    let substring = SQLFunction(arguments: [text, number, number], optionalCount: 1, result: text)
    let extreme = SQLFunction(arguments: [number, number], isVariadic: true, result: number)
    return [
      "abs": oneNumber(), "ceil": oneNumber(), "floor": oneNumber(), "sign": oneNumber(), "sqrt": oneNumber(),
      "round": SQLFunction(arguments: [number, number], optionalCount: 1, result: number),
      "min": extreme, "max": extreme,
      "length": SQLFunction(arguments: [text], result: number),
      "instr": SQLFunction(arguments: [text, text], result: number),
      "lower": textToText(), "upper": textToText(), "trim": textToText(optional: 1),
      "ltrim": textToText(optional: 1), "rtrim": textToText(optional: 1),
      "replace": SQLFunction(arguments: [text, text, text], result: text),
      "substr": substring, "substring": substring,
      "coalesce": SQLFunction(arguments: [nil, nil], isVariadic: true),
      "ifnull": SQLFunction(arguments: [nil, nil]), "nullif": SQLFunction(arguments: [nil, nil]),
      "iif": SQLFunction(arguments: [.flag, nil, nil]),
    ]
  }()

  /// The same as the authorizer checks them, with the operators that SQLite runs as functions.
  static let authorized: Set<String> = Set(all.keys).union(["like", "glob", SQLFunction.regexp])

  /// The name under which RE2 is called: `REGEXP` with the index of a compiled expression.
  static let regexp = "assay_regexp"
}
