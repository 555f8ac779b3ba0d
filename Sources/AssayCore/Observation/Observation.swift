/// All that remains of a record once a worker is done with it: small, Sendable, without pixels and without
/// private values.
package struct Observation: Sendable, Hashable {
  package var key: RecordKey
  package var locator: Locator
  /// The record's images, the default one first; empty for a row of a table.
  package var images: [ImageObservation]
  package var fields: [FieldObservation]
  /// Values that measurement plugins gave, under their full names (`PLUGIN-ID:NAME`).
  package var measurements: [NamedValue]
  /// SHA-256 of the default image's bytes, or of the canonical fields of a row of a table. 32 bytes.
  package var contentDigest: [UInt8]
  /// SHA-256 of the key, the digests of all images and the fields: the record's element of a profile's
  /// fingerprint, computed by the worker. Of private fields only what `PrivateFacts` tells is in it. 32 bytes.
  package var recordDigest: [UInt8]
  package var findings: [Finding]
  /// Rules that came to NULL on this record: evaluated neither way, counted by rule id.
  package var notEvaluated: [String]
  /// What every record rule said of it, by the rule's index in `RecordRules`.
  package var ruleStates: RuleStates
  /// The values that `unique` rules want in the coordinator's index, hashed.
  package var uniqueKeys: [UniqueKey]
  /// The values that must not be on both sides of a comparison, hashed; of fields that were asked for.
  package var groupKeys: [GroupKey] = []
  /// The names of fields that the schema does not declare, although it declares others.
  package var undeclaredFields: [String] = []
  /// The slices it belongs to, by name (`night`, `camera_id=A7`).
  package var slices: [String]
  /// The value of `--group-by`, where there is one.
  package var group: String?
  /// Seconds since 1970-01-01T00:00:00Z of `--time-field`, where there is one.
  package var time: Int64?

  package init(
    key: RecordKey, locator: Locator, images: [ImageObservation] = [], fields: [FieldObservation] = [],
    measurements: [NamedValue] = [], contentDigest: [UInt8] = [], recordDigest: [UInt8] = [],
    findings: [Finding] = [], notEvaluated: [String] = [], ruleStates: RuleStates = RuleStates(),
    uniqueKeys: [UniqueKey] = [], slices: [String] = [], group: String? = nil, time: Int64? = nil
  ) {
    self.key = key
    self.locator = locator
    self.images = images
    self.fields = fields
    self.measurements = measurements
    self.contentDigest = contentDigest
    self.recordDigest = recordDigest
    self.findings = findings
    self.notEvaluated = notEvaluated
    self.ruleStates = ruleStates
    self.uniqueKeys = uniqueKeys
    self.slices = slices
    self.group = group
    self.time = time
  }
}

extension Observation {
  /// Whether every image came out whole. A record without images is whole.
  package var isIntact: Bool { images.allSatisfy { $0.outcome == .ok } }

  /// Whether the record is rejected: an image that is not `ok`, or a finding of severity `error`.
  package var isRejected: Bool { !isIntact || findings.contains { $0.severity == .error } }

  /// Drops all values, for a coordinator that asks for none; what is said of an image that is not whole stays.
  package mutating func forgetFacts() {
    fields = []
    measurements = []
    for index in images.indices where images[index].outcome == .ok { images[index].forgetFacts() }
  }
}

/// A value under a full name.
package struct NamedValue: Sendable, Hashable {
  package var name: String
  package var value: Value

  package init(name: String, value: Value) {
    self.name = name
    self.value = value
  }
}
