/// All that a team keeps of a dataset instead of the data: exact, mergeable, without paths, clocks or
/// private values.
///
/// *Merge law*: the state, and so the encoding, is a function of the multiset of observations: for any
/// number of workers, any order, any sharding and any tree of merges, the same records give the same bytes.
package struct Profile: Sendable {
  /// What has to agree before two profiles may be merged, apart from what they are of.
  package struct Configuration: Sendable, Hashable {
    /// What keys every hash.
    package var hashKey: HashKey
    /// The digest of what the decoder makes of a fixed set of images.
    package var decoderSignature: String
    /// The digest of what a schema decided of the profile's names and values; empty where none did.
    package var definitions: String
    package var partition: Partition

    package init(
      hashKey: HashKey = .published, decoderSignature: String = "", definitions: String = "",
      partition: Partition = .none
    ) {
      self.hashKey = hashKey
      self.decoderSignature = decoderSignature
      self.definitions = definitions
      self.partition = partition
    }
  }

  /// The version of the file's format.
  package static let formatVersion: Int64 = 1

  /// The most slices that are kept.
  package static let sliceLimit = 32

  package let configuration: Configuration
  /// The built-in features that the profile knows, with their kinds.
  package let features: [ProfiledFeature]
  /// The identity of the set: the dataset's version.
  package private(set) var fingerprint = Fingerprint()
  /// The whole set.
  package private(set) var whole: Population
  /// Slices by name; those of the smallest keyed hashes if there are more than 32.
  package private(set) var slices = SmallestKeys<Population>(limit: sliceLimit)
  /// Memberships in slices, also in those that are not kept.
  package private(set) var membershipCount: Int64 = 0
  /// Groups or windows.
  package private(set) var parts: PartitionedPopulations
  /// Whole rows of some records.
  package private(set) var sample = BottomSample()
  /// Keyed hashes of content digests, for duplicates and overlap.
  package private(set) var contents = LevelSample()
  /// Perceptual hashes of default images.
  package private(set) var pHashes = LevelSample()
  /// What keys every hash.
  package let hasher: SipHash

  /// The profile of nothing.
  package init(_ configuration: Configuration = Configuration()) {
    self.init(configuration, features: ProfiledFeature.builtin)
  }

  private init(_ configuration: Configuration, features: [ProfiledFeature]) {
    self.configuration = configuration
    self.features = features
    hasher = SipHash(key: configuration.hashKey)
    whole = Population(features: features, scale: .whole)
    parts = PartitionedPopulations(configuration.partition, features: features)
  }

  /// Windows of time as sets of their own, ascending by their first second. They know what parts know: counts and
  /// sketches, and no single records.
  package var windows: [(start: Int64, profile: Profile)] {
    let timeFeatures = parts.timeFeatures
    return parts.byStart.map { start, population in
      var window = Profile(
        Configuration(hashKey: configuration.hashKey, decoderSignature: configuration.decoderSignature),
        features: features)
      window.whole = population
      window.isWindow = true
      window.timeFeatures = timeFeatures
      return (start, window)
    }
  }

  /// Whether it is a window of another profile, and so knows no slices, no samples and no fingerprint.
  package private(set) var isWindow = false

  /// Of a window, the features that say nothing but which window it is (`PartitionedPopulations.timeFeatures`).
  package private(set) var timeFeatures: Set<String> = []

  /// Whether some source was not read to its end, so that records may be missing.
  package var isPartial = false

  /// The number of records.
  package var recordCount: Int64 { whole.recordCount }

  /// Adds one record. Returns which row of the sample it became, if it did.
  @discardableResult
  package mutating func observe(_ observation: Observation) -> SampleKey? {
    precondition(features == ProfiledFeature.builtin, "a profile of other features can only be read")
    fingerprint.add(observation.recordDigest)
    whole.observe(observation, hasher: hasher)
    observeSlices(observation)
    parts.observe(observation, hasher: hasher)
    return observeSamples(observation)
  }

  private mutating func observeSlices(_ observation: Observation) {
    let (features, hasher) = (features, hasher)
    for (index, name) in observation.slices.enumerated() {
      membershipCount &+= 1
      _ = slices.update(
        name, hint: index, hasher: hasher, make: { Population(features: features, scale: .part) }
      ) { $0.observe(observation, hasher: hasher) }
    }
  }

  private mutating func observeSamples(_ observation: Observation) -> SampleKey? {
    let contentHash = hasher.hash(observation.contentDigest)
    if !observation.contentDigest.isEmpty { contents.observe(contentHash, hasher: hasher) }
    let image = observation.images.first
    if let pixels = image?.pixels, image?.outcome == .ok { pHashes.observe(pixels.pHash, hasher: hasher) }
    let keyHash = hasher.hash(observation.key.bytes)
    guard sample.admits(keyHash: keyHash, contentHash: contentHash) else { return nil }
    sample.observe(SampleRow(observation, keyHash: keyHash, contentHash: contentHash))
    return SampleKey(keyHash: keyHash, contentHash: contentHash)
  }

  /// Adds the records of `other`, which must be others than these.
  ///
  /// *Throws*: if the two cannot be added exactly, or are seen to overlap. An overlap shows in equal
  /// fingerprints or in a (key, content) pair of both samples; one that misses the samples, of 2,048
  /// records each, goes unseen. `allowingOverlap` is for shards of one set, where equal records are
  /// different records.
  package mutating func merge(
    _ other: Profile, allowingOverlap: Bool = false
  ) throws(ProfileMergeError) {
    try checkAgreement(with: other)
    if !allowingOverlap { try checkOverlap(with: other) }
    let (features, hasher) = (features, hasher)
    isPartial = isPartial || other.isPartial
    fingerprint.merge(other.fingerprint)
    whole.merge(other.whole, hasher: hasher)
    membershipCount &+= other.membershipCount
    slices.merge(other.slices, hasher: hasher, make: { Population(features: features, scale: .part) }) {
      $0.merge($1, hasher: hasher)
    }
    parts.merge(other.parts, hasher: hasher)
    sample.merge(other.sample)
    contents.merge(other.contents, hasher: hasher)
    pHashes.merge(other.pHashes, hasher: hasher)
  }
}

extension Profile {
  /// The canonical bytes: JSON with a fixed order of members, one column a line.
  package func encoded() -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    encodeHeader(to: &writer)
    writer.name("whole", onNewLine: true)
    whole.encode(to: &writer)
    writer.count("memberships", membershipCount)
    writer.name("slices", onNewLine: true)
    slices.encode(to: &writer) { $1.encode(to: &$0) }
    writer.name("parts", onNewLine: true)
    parts.encode(to: &writer)
    writer.name("sample", onNewLine: true)
    sample.encode(to: &writer, features: features)
    writer.name("contents", onNewLine: true)
    contents.encode(to: &writer)
    writer.name("phashes", onNewLine: true)
    pHashes.encode(to: &writer)
    writer.endObject()
    writer.lineBreak()
    return writer.bytes
  }

  private func encodeHeader(to writer: inout JSONWriter) {
    writer.name("assay_profile")
    writer.integer(Self.formatVersion)
    writer.name("significand_bits")
    writer.integer(LogLinearHistogram.significandBits)
    writer.name("hash_key")
    writer.string(configuration.hashKey.id)
    writer.name("decoder")
    writer.string(configuration.decoderSignature)
    if !configuration.definitions.isEmpty {
      writer.name("definitions")
      writer.string(configuration.definitions)
    }
    if isPartial {
      writer.name("partial")
      writer.boolean(true)
    }
    writer.name("fingerprint", onNewLine: true)
    writer.string(fingerprint.text)
    writer.name("features", onNewLine: true)
    writer.beginObject()
    for feature in features {
      writer.name(feature.name)
      writer.string(feature.kind.rawValue)
    }
    writer.endObject()
  }

  /// What a profile's text may ask of its reader: 128 MiB, 16 levels.
  package static let limits = JSONLimits(maximumByteCount: 128 << 20, maximumDepth: 16)

  /// Reads canonical bytes.
  ///
  /// *Throws*: at the byte where the text is not what `encoded` gives, or was made under another hash key.
  package init(
    decoding bytes: [UInt8], hashKey: HashKey = .published, limits: JSONLimits = limits
  ) throws(JSONError) {
    self = try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in
      try Profile(from: &reader, hashKey: hashKey)
    }
  }

  private init(from reader: inout JSONReader, hashKey: HashKey) throws(JSONError) {
    var members = try JSONMembers(&reader)
    try members.demand("assay_profile", Self.formatVersion, &reader, "version")
    try members.demand(
      "significand_bits", Int64(LogLinearHistogram.significandBits), &reader, "significand bits")
    let keyID = try members.string("hash_key", &reader)
    guard keyID == hashKey.id else {
      throw reader.error(
        "expected the hash key \(hashKey.id), found \(keyID); give the one it was made under (--hash-key), or none for "
          + HashKey.published.id)
    }
    var configuration = Configuration(hashKey: hashKey)
    configuration.decoderSignature = try members.string("decoder", &reader)
    if try members.has("definitions", &reader) { configuration.definitions = try reader.string() }
    let isPartial = try members.has("partial", &reader) ? try reader.boolean() : false
    guard let fingerprint = Fingerprint(text: try members.string("fingerprint", &reader)) else {
      throw reader.error("expected a fingerprint of 64 hexadecimal digits")
    }
    let features = try Self.readFeatures(&members, &reader)
    let hasher = SipHash(key: hashKey)
    try members.require("whole", &reader)
    let whole = try Population(from: &reader, features: features, scale: .whole, hasher: hasher)
    let membershipCount = try members.count("memberships", &reader)
    try members.require("slices", &reader)
    let slices = try SmallestKeys(from: &reader, limit: Self.sliceLimit, hasher: hasher) {
      (reader) throws(JSONError) in
      try Population(from: &reader, features: features, scale: .part, hasher: hasher)
    }
    try members.require("parts", &reader)
    let parts = try PartitionedPopulations(from: &reader, features: features, hasher: hasher)
    configuration.partition = parts.partition
    self.init(configuration, features: features)
    self.fingerprint = fingerprint
    self.isPartial = isPartial
    self.whole = whole
    self.membershipCount = membershipCount
    self.slices = slices
    self.parts = parts
    try members.require("sample", &reader)
    sample = try BottomSample(from: &reader, features: features)
    try members.require("contents", &reader)
    contents = try LevelSample(from: &reader, hasher: hasher)
    try members.require("phashes", &reader)
    pHashes = try LevelSample(from: &reader, hasher: hasher)
    try members.end(&reader)
  }

  private static func readFeatures(
    _ members: inout JSONMembers, _ reader: inout JSONReader
  ) throws(JSONError) -> [ProfiledFeature] {
    try members.require("features", &reader)
    var features: [ProfiledFeature] = []
    try reader.beginObject()
    while let name = try reader.nextName() {
      guard let kind = FeatureKind(rawValue: try reader.string()) else {
        throw reader.error("an unknown kind")
      }
      guard features.count < 512 else { throw reader.error("more than 512 features") }
      features.append(ProfiledFeature(name: name, kind: kind))
    }
    return features
  }
}

extension JSONMembers {
  /// Demands a member with exactly that number.
  fileprivate mutating func demand(
    _ name: String, _ expected: Int64, _ reader: inout JSONReader, _ noun: String
  ) throws(JSONError) {
    try require(name, &reader)
    let start = reader.byteOffset
    let found = try reader.integer()
    guard found == expected else { throw reader.error("\(noun) \(found), expected \(expected)", at: start) }
  }
}
