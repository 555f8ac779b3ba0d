package import AssayCore

/// What a plugin says of itself, and where it came from.
package struct PluginDescription: Sendable, Hashable, Codable {
  /// `reverse.domain.name/revision`.
  package var id: String
  package var kind: PluginKind
  package var title: String
  package var summary: String
  package var parameters: [PluginParameter]
  /// What only comparators have.
  package var comparator: ComparatorDescription?
  /// What only measurements and invariants have.
  package var recordPlugin: RecordPluginDescription?
  /// The file inside its registry folder.
  package var file: String
  /// SHA-256 of the bytes that were mapped, in hexadecimal.
  package var sha256: String
  /// Whether an index named that digest before the file was loaded.
  package var isPinned: Bool
  package var abiMajor: Int
  package var abiMinor: Int
}

package enum PluginKind: String, Sendable, Codable {
  case measurement, invariant, comparator
}

/// One number that a schema may set.
package struct PluginParameter: Sendable, Hashable, Codable {
  package var name: String
  package var summary: String
  package var minimum: Double
  package var maximum: Double
  package var standard: Double
}

/// What a comparator accepts and what its statistic means.
package struct ComparatorDescription: Sendable, Hashable, Codable {
  package enum Input: String, Sendable, Codable { case counts, samples }

  package var input: Input
  package var acceptsOrdered: Bool
  package var acceptsCategories: Bool
  /// It looks at how many records have a value, whatever the values are.
  package var acceptsPresence: Bool
  /// How many bins it works best on; 0 for as fine as a profile keeps them.
  package var preferredBins: Int
  package var largerIsDrift: Bool
  /// Range of the statistic; infinite where it has no bound.
  package var minimum: Double
  package var maximum: Double
  package var unit: String
  /// What the field uses when nobody says otherwise; nil where there is no such threshold.
  package var standardThreshold: Double?
  package var source: String
  /// The limit law of the statistic without drift, where one is known.
  package var nullLaw: NullLaw?
}

/// What a measurement or an invariant wants to see of a record, and what it gives.
package struct RecordPluginDescription: Sendable, Hashable, Codable {
  package var needsPixels: Bool
  package var needsFields: Bool
  package var needsFeatures: Bool
  /// The values a measurement gives, in their order; empty for an invariant.
  package var outputs: [PluginOutput]
}

/// One value that a measurement gives.
package struct PluginOutput: Sendable, Hashable, Codable {
  package var name: String
  package var unit: String
  package var summary: String
  package var kind: PluginValueKind
}

/// What kind of value an output is.
package enum PluginValueKind: String, Sendable, Codable {
  case boolean, integer, real, text
}

/// One shared object that may hold plugins, before it is opened.
package struct PluginFile: Sendable, Hashable, Codable {
  /// The registry folder and the file's name in it.
  package var folder: String
  package var file: String
  /// What the index says, where there is one.
  package var pin: PluginPin?

  package init(folder: String, file: String, pin: PluginPin?) {
    self.folder = folder
    self.file = file
    self.pin = pin
  }

  package var path: String { "\(folder)/\(file)" }
}

/// What an index promises of a file.
package struct PluginPin: Sendable, Hashable, Codable {
  package var sha256: String
  package var ids: [String]

  package init(sha256: String, ids: [String]) {
    self.sha256 = sha256
    self.ids = ids
  }
}
