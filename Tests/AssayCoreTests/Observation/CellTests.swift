import AssayCore
import Testing

/// What a cell of a table is taken for, where nothing says of what type it is.
struct CellTests {
  @Test(arguments: [
    ("", Value.missing), ("0", .integer(0)), ("-0", .integer(0)), ("12", .integer(12)), ("-7", .integer(-7)),
    ("9223372036854775807", .integer(.max)), ("9223372036854775808", .text("9223372036854775808")),
    ("0.5", .real(0.5)), ("-0.25", .real(-0.25)), ("118.123456", .real(118.123456)), ("1e3", .real(1000)),
    ("1E-2", .real(0.01)), ("1.", .real(1)), ("12345678901234567890.5", .real(12_345_678_901_234_567_890.5)),
    ("007", .text("007")), ("00.5", .text("00.5")), ("-01", .text("-01")), ("+5", .text("+5")),
    ("-", .text("-")), ("1e400", .text("1e400")), ("1.2.3", .text("1.2.3")), ("1e", .text("1e")),
    ("2026-01-31", .text("2026-01-31")), ("0x10", .text("0x10")), (" 1", .text(" 1")), ("1 ", .text("1 ")),
    ("nan", .text("nan")), ("true", .boolean(true)), ("false", .boolean(false)), ("True", .text("True")),
  ])
  func aCellIsWhatItLooksLike(cell: String, value: Value) { #expect(Value(cell: cell) == value) }
}
