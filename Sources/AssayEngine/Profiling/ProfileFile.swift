import AssayChannel
package import AssayCore
package import AssayIngest

/// Profiles as files.
package enum ProfileFile {
  /// Whether a name on the command line is a profile's, and not a source's.
  package static func isProfile(_ name: String) -> Bool {
    name.hasSuffix(".json") || name.hasSuffix(".json.gz")
  }

  /// Reads a profile, plain or in gzip: its first bytes say which. Throws with the path, and the place in the file,
  /// when it is none, or was made under another hash key.
  package static func read(
    _ path: String, hashKey: HashKey = .published
  ) throws(SourceError) -> Profile {
    guard let bytes = WholeFile.bytes(path, atMost: Profile.limits.maximumByteCount) else {
      throw SourceError(source: path, reason: lastSystemError())
    }
    let text = try plain(bytes, path)
    do throws(JSONError) {
      return try Profile(decoding: text, hashKey: hashKey)
    } catch {
      throw SourceError(
        source: "\(path):\(error.line):\(error.column)", reason: "byte \(error.byteOffset): \(error.message)")
    }
  }

  private static func plain(_ bytes: [UInt8], _ path: String) throws(SourceError) -> [UInt8] {
    guard Gzip.isGzip(bytes) else { return bytes }
    do throws(SourceError.Reason) {
      return try Gzip.inflated(bytes, atMost: Profile.limits.maximumByteCount)
    } catch {
      throw SourceError(source: path, reason: error.text)
    }
  }

  /// Writes a profile, whole or not at all; in gzip if the name ends in `.gz`.
  package static func write(_ profile: Profile, to path: String) throws(OutputError) {
    let bytes = profile.encoded()
    guard path.hasSuffix(".gz") else { return try AtomicFile.write(bytes, to: path) }
    guard let deflated = Gzip.deflated(bytes) else {
      throw OutputError(path: path, reason: "there is no memory to deflate it")
    }
    try AtomicFile.write(deflated, to: path)
  }

  /// Adds profiles of different records, in any order. Throws `SourceError` where one cannot be read, and
  /// `ConfigurationError`, naming both files, when two cannot be added.
  package static func merge(
    _ paths: [String], hashKey: HashKey = .published, allowingOverlap: Bool
  ) throws -> MergedProfile {
    var profiles = try paths.map { path throws(SourceError) in
      (path: path, profile: try read(path, hashKey: hashKey))
    }
    guard !profiles.isEmpty else { throw ConfigurationError("expected at least one profile") }
    let fingerprints = Dictionary(grouping: profiles) { $0.profile.fingerprint.text }
    if !allowingOverlap, let same = fingerprints.values.first(where: { $0.count > 1 }) {
      throw ConfigurationError(
        "\(same[1].path) and \(same[0].path) are of the same records; leave one out, or insist with --allow-overlap"
      )
    }
    let parts = profiles.map { MergedProfile.Part(path: $0.path, recordCount: $0.profile.recordCount) }
    var (first, whole) = profiles.removeFirst()
    for (path, profile) in profiles {
      do throws(ProfileMergeError) {
        try whole.merge(profile, allowingOverlap: allowingOverlap)
      } catch {
        throw ConfigurationError("\(path): cannot be merged with \(first): \(error)")
      }
      first += ", \(path)"
    }
    return MergedProfile(profile: whole, parts: parts)
  }
}
