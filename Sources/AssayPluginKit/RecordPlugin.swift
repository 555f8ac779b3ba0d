/// What a measurement or an invariant looks at. An instance lives as long as its worker and is never called twice at
/// once, so it may keep tables and buffers.
public protocol RecordPlugin: Plugin {
  /// What it wants to see of a record.
  static var needs: RecordNeeds { get }

  /// Prepares an instance; `parameters` in the order in which they are declared. Throws `Refusal`.
  init(parameters: [Double]) throws
}

/// Pixels and fields in, named values out.
public protocol Measurement: RecordPlugin {
  /// The values it gives, in their order.
  static var outputs: [Output] { get }

  /// One value for each of `outputs`, of its kind or missing. Throws `Refusal`.
  mutating func measure(_ record: Record) throws -> [FieldValue]
}

/// A record in, findings out.
public protocol Invariant: RecordPlugin {
  /// What is wrong with the record; nothing if nothing is. Throws `Refusal`.
  mutating func check(_ record: Record) throws -> [RecordFinding]
}

/// What a plugin wants to see of a record. Pixels cost a full frame in memory: ask only if needed.
public struct RecordNeeds: OptionSet, Sendable {
  /// The bits of the C interface, `ASSAY_NEEDS_...`.
  public let rawValue: UInt32

  /// The set with those bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Pixels of its images.
  public static let pixels = RecordNeeds(rawValue: 1 << 0)
  /// Its metadata, without private fields.
  public static let fields = RecordNeeds(rawValue: 1 << 1)
  /// The built-in features of its default image.
  public static let features = RecordNeeds(rawValue: 1 << 2)
}

/// One value that a measurement gives.
public struct Output: Sendable {
  /// Of which kind a value is.
  public enum Kind: Int32, Sendable {
    /// The numbers are those of the C interface, `ASSAY_VALUE_...`.
    case boolean = 1, integer, real, text
  }

  /// Reported as `PLUGIN-ID:NAME`.
  public var name: String
  /// Of which kind its values are.
  public var kind: Kind
  /// The unit; empty for a pure number.
  public var unit: String
  /// What it says.
  public var summary: String

  /// Describes an output.
  public init(_ name: String, _ kind: Kind, unit: String = "", summary: String = "") {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.summary = summary
  }
}

/// One thing that is wrong with a record.
public struct RecordFinding: Sendable {
  /// Lower case, `sharp-corners`; reported as `PLUGIN-ID:CODE`.
  public var code: String
  /// What was found, for people.
  public var found: String
  /// What was expected, for people.
  public var expected: String

  /// Describes a finding.
  public init(_ code: String, found: String, expected: String) {
    self.code = code
    self.found = found
    self.expected = expected
  }
}
