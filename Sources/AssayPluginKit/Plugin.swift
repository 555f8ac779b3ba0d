/// What every plugin says of itself. Adopt `Comparator`, `Measurement` or `Invariant`, never this alone.
public protocol Plugin {
  /// `reverse.domain.name/revision`, as in `com.example.hellinger/1`.
  static var id: String { get }
  /// A few words.
  static var title: String { get }
  /// What it computes, when to use it, how it fails.
  static var summary: String { get }
  /// The numbers a schema may set (`with: {name: value}`); none unless said.
  static var parameters: [Parameter] { get }
}

extension Plugin {
  /// None.
  public static var parameters: [Parameter] { [] }
}

/// One number that a schema may set.
public struct Parameter: Sendable {
  /// The name in the schema.
  public var name: String
  /// What it does.
  public var summary: String
  /// The values it may have.
  public var range: ClosedRange<Double>
  /// The value when the schema is silent; in `range`.
  public var standard: Double

  /// Describes a parameter.
  public init(_ name: String, _ summary: String, in range: ClosedRange<Double>, standard: Double) {
    precondition(range.contains(standard), "the standard value of \(name) is out of its range")
    self.name = name
    self.summary = summary
    self.range = range
    self.standard = standard
  }
}

/// Why a plugin gives no answer. Any other error it throws counts as `failed`.
public enum Refusal: Error {
  /// The input is legal and there is nothing to say of it.
  case notApplicable(String)
  /// A parameter is out of range; the text names it.
  case badParameter(String)
  /// Anything else.
  case failed(String)
}
