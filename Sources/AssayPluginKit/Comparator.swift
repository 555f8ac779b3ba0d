/// Two summaries of one feature in, one statistic out. The engine judges it; a comparator knows no threshold but the one
/// it recommends.
public protocol Comparator: Plugin {
  /// Which features it compares.
  static var accepts: AcceptedFeatures { get }
  /// How many bins it works best on; 0 for as fine as a profile keeps them. 20 unless said.
  static var preferredBins: Int { get }
  /// The range of the statistic; infinite where it has no bound.
  static var range: ClosedRange<Double> { get }
  /// The unit of the statistic; empty, a pure number, unless said.
  static var unit: String { get }
  /// Whether a larger statistic means more drift; true unless said.
  static var largerIsDrift: Bool { get }
  /// What the field uses when nobody says otherwise; nil, no such threshold, unless said.
  static var threshold: Double? { get }
  /// The paper, standard or code the formula is from.
  static var source: String { get }

  /// The statistic of one pair of sides, neither of them empty; `parameters` in the order in which they are declared.
  ///
  /// *Throws*: `Refusal`. A NaN counts as a failure, and so does an answer out of `range`.
  static func statistic(_ sides: Sides, _ parameters: [Double]) throws -> Double
}

extension Comparator {
  /// 20.
  public static var preferredBins: Int { 20 }
  /// A pure number.
  public static var unit: String { "" }
  /// True.
  public static var largerIsDrift: Bool { true }
  /// None.
  public static var threshold: Double? { nil }
}

/// Kinds of features that a comparator accepts.
public struct AcceptedFeatures: OptionSet, Sendable {
  /// The bits of the C interface, `ASSAY_ACCEPTS_...`.
  public let rawValue: UInt32

  /// The set with those bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Bins that have an order and edges.
  public static let ordered = AcceptedFeatures(rawValue: 1 << 0)
  /// Bins that are names.
  public static let categories = AcceptedFeatures(rawValue: 1 << 1)
  /// Any feature, as records with a value and records without one.
  public static let presence = AcceptedFeatures(rawValue: 1 << 2)
}

/// Counts of one feature on common bins. Each array of counts has one element a bin.
public struct Sides: Sendable {
  /// Counts of the reference; their sum is positive.
  public var reference: [Int64]
  /// Counts of the current set; their sum is positive.
  public var current: [Int64]
  /// One more than bins, ascending, in the feature's unit; empty for categories.
  public var edges: [Double]
  /// A value that stands for each bin, ascending; empty for categories.
  public var centers: [Double]
  /// Whether the last bin counts missing values.
  public var hasMissingBin: Bool

  /// The shares of the bins: the counts over their sum.
  public var referenceShares: [Double] { Self.shares(reference) }
  /// The shares of the bins: the counts over their sum.
  public var currentShares: [Double] { Self.shares(current) }

  private static func shares(_ counts: [Int64]) -> [Double] {
    let total = Double(counts.reduce(0, &+))
    return counts.map { Double($0) / total }
  }
}
