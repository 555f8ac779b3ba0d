/// What a profile keeps of one feature, field or measurement: one sketch for each kind of value that
/// occurred.
///
/// No type is ever inferred from what came first. A text that is an instant of RFC 3339 counts as a
/// timestamp.
///
/// *Merge law*: each value goes to the sketch of its kind whatever came before, and those merge exactly.
package struct ColumnProfile: Sendable {
  /// What a column keeps of its values.
  package enum Detail: Sendable, Hashable {
    /// Sketches of each kind, and the number of distinct values.
    case full
    /// Sketches of each kind.
    case sketches
    /// Only how many there are: digests that identify content.
    case presence

    /// The detail that suits a built-in feature of that kind.
    package init(_ kind: FeatureKind) {
      switch kind {
      case .integer, .category, .flag: self = .full
      case .real: self = .sketches
      case .identity: self = .presence
      }
    }
  }

  /// Values that were there and missing.
  package private(set) var missingCount: Int64 = 0
  package private(set) var falseCount: Int64 = 0
  package private(set) var trueCount: Int64 = 0
  /// Values that are counted and not looked into: identities and vectors.
  package private(set) var opaqueCount: Int64 = 0
  package private(set) var integers: IntegerSketch?
  package private(set) var reals: RealSketch?
  package private(set) var timestamps: TimestampSketch?
  package private(set) var texts: TextSketch?
  /// Distinct values of every kind.
  package private(set) var distinct: DistinctCounter?
  /// What is known of private values.
  package private(set) var privacy: PrivateCounts?
  package let scale: SketchScale
  package let detail: Detail

  package init(scale: SketchScale, detail: Detail = .full) {
    self.scale = scale
    self.detail = detail
  }

  /// Counts one value.
  package mutating func observe(_ value: Value, hasher: SipHash) {
    if detail == .presence, !value.isMissing { return opaqueCount &+= 1 }
    switch value {
    case .missing: missingCount &+= 1
    case .boolean(false): falseCount &+= 1
    case .boolean(true): trueCount &+= 1
    case .integer(let integer): observe(integer, hasher: hasher)
    case .real(let real): observe(real, hasher: hasher)
    case .text(let text): observe(text, hasher: hasher)
    case .vector: opaqueCount &+= 1
    }
  }

  /// Counts one value of a private field.
  package mutating func observe(_ facts: PrivateFacts, hasher: SipHash) {
    if privacy == nil { privacy = PrivateCounts() }
    privacy?.observe(facts, hasher: hasher)
  }

  /// Adds what `other`, of the same scale and detail, has observed.
  package mutating func merge(_ other: ColumnProfile, hasher: SipHash) {
    missingCount &+= other.missingCount
    falseCount &+= other.falseCount
    trueCount &+= other.trueCount
    opaqueCount &+= other.opaqueCount
    Self.merge(&integers, other.integers) { $0.merge($1) }
    Self.merge(&reals, other.reals) { $0.merge($1) }
    Self.merge(&timestamps, other.timestamps) { $0.merge($1) }
    Self.merge(&texts, other.texts) { $0.merge($1) }
    Self.merge(&distinct, other.distinct) { $0.merge($1) }
    Self.merge(&privacy, other.privacy) { $0.merge($1, hasher: hasher) }
  }

  private static func merge<Part>(_ mine: inout Part?, _ theirs: Part?, _ merge: (inout Part, Part) -> Void) {
    guard let theirs else { return }
    guard mine != nil else { return mine = theirs }
    // Taken out and put back, so that the part is not copied.
    if var part = mine.take() {
      merge(&part, theirs)
      mine = part
    }
  }

  private mutating func observe(_ integer: Int64, hasher: SipHash) {
    if integers == nil { integers = IntegerSketch(scale: scale) }
    integers?.observe(integer)
    observeDistinct(hasher.hash(word: UInt64(bitPattern: integer)))
  }

  private mutating func observe(_ real: Double, hasher: SipHash) {
    if reals == nil { reals = RealSketch(scale: scale) }
    reals?.observe(real)
    guard detail == .full else { return }
    // Zeros of either sign are one value, and so are NaNs of every payload.
    observeDistinct(hasher.hash(word: real.isNaN ? Double.nan.bitPattern : (real + 0).bitPattern))
  }

  private mutating func observe(_ text: String, hasher: SipHash) {
    if let seconds = RFC3339.seconds(text) {
      if timestamps == nil { timestamps = TimestampSketch(scale: scale) }
      timestamps?.observe(seconds)
      return observeDistinct(hasher.hash(text: text))
    }
    if texts == nil { texts = TextSketch(scale: scale) }
    // A text that repeats the last one is among the distinct values already.
    if let hash = texts?.observe(text, hasher: hasher) { observeDistinct(hash) }
  }

  private mutating func observeDistinct(_ hash: UInt64) {
    guard detail == .full else { return }
    if distinct == nil { distinct = DistinctCounter(scale: scale) }
    distinct?.observe(hash)
  }
}

extension ColumnProfile {
  /// The lengths of its texts in UTF-8 bytes, as a column of their own; nil if it has no texts.
  package var textLengths: ColumnProfile? {
    guard let texts else { return nil }
    var column = ColumnProfile(scale: scale, detail: .sketches)
    column.integers = texts.lengths
    return column
  }

  /// Whether nothing was observed.
  package var isEmpty: Bool { presentCount == 0 && missingCount == 0 && privacy == nil }

  /// Values that were there, private ones not counted.
  package var presentCount: Int64 {
    let numbers = (integers?.count ?? 0) &+ (reals?.count ?? 0)
    let words = (timestamps?.count ?? 0) &+ (texts?.count ?? 0)
    return falseCount &+ trueCount &+ opaqueCount &+ numbers &+ words
  }

  func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.count("missing", missingCount)
    writer.count("false", falseCount)
    writer.count("true", trueCount)
    writer.count("opaque", opaqueCount)
    writer.sketch("integers", integers)
    writer.sketch("reals", reals)
    writer.sketch("timestamps", timestamps)
    if let texts {
      writer.name("texts")
      texts.encode(to: &writer)
    }
    writer.sketch("distinct", distinct)
    if let privacy {
      writer.name("private")
      privacy.encode(to: &writer)
    }
    writer.endObject()
  }

  init(
    from reader: inout JSONReader, scale: SketchScale, detail: Detail, hasher: SipHash
  ) throws(JSONError) {
    self.init(scale: scale, detail: detail)
    var members = try JSONMembers(&reader)
    missingCount = try members.count("missing", &reader)
    falseCount = try members.count("false", &reader)
    trueCount = try members.count("true", &reader)
    opaqueCount = try members.count("opaque", &reader)
    if try members.has("integers", &reader) { integers = try IntegerSketch(from: &reader, scale: scale) }
    if try members.has("reals", &reader) { reals = try RealSketch(from: &reader, scale: scale) }
    if try members.has("timestamps", &reader) {
      timestamps = try TimestampSketch(from: &reader, scale: scale)
    }
    if try members.has("texts", &reader) {
      texts = try TextSketch(from: &reader, scale: scale, hasher: hasher)
    }
    if try members.has("distinct", &reader) { distinct = try DistinctCounter(from: &reader, scale: scale) }
    if try members.has("private", &reader) { privacy = try PrivateCounts(from: &reader, hasher: hasher) }
    try members.end(&reader)
  }
}
