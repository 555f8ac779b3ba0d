import AssayCore

/// The reference as current records are held against it: what it has, and nothing of where.
struct OverlapReference {
  /// Contents, as an index keeps them.
  var contents: any DigestMembership
  /// Hashes of images with enough detail to be told apart; what is not known of some is in `unknown`.
  var pHashes: NearHashes
  /// Hashed values by group.
  var groups: [any DigestMembership]
  /// Why a kind cannot be answered for this reference.
  var unknown: [OverlapKind: String] = [:]

  /// What an index file knows: no groups, which it does not keep.
  init(_ index: SetIndex, kinds: [OverlapKind]) {
    contents = index.contents
    pHashes = index.pHashes
    groups = []
    for kind in kinds where kind.field != nil {
      unknown[kind] = "an index keeps no fields; name the sources of the reference"
    }
  }

  /// What was gathered in this run.
  init(
    contents: any DigestMembership, pHashes: NearHashes, groups: [any DigestMembership],
    unknown: [OverlapKind: String]
  ) {
    self.contents = contents
    self.pHashes = pHashes
    self.groups = groups
    self.unknown = unknown
  }

  /// The hash that is nearest, the smallest of several; nil if none is within the radius.
  func nearest(to hash: UInt64, within radius: Int) -> NearHashes.Neighbour? {
    guard PerceptualDetail.isEnough(hash) else { return nil }
    return pHashes.neighbours(of: hash, within: radius).first { PerceptualDetail.isEnough($0.hash) }
  }
}

/// A set of digests that can be asked for one.
protocol DigestMembership {
  func contains(_ digest: Digest80) -> Bool
}

extension DigestSection: DigestMembership {}

extension ExactSet: DigestMembership where Element == Digest80 {
  func contains(_ digest: Digest80) -> Bool { member(equalTo: digest) != nil }
}

/// Whether a perceptual hash says anything of its image.
enum PerceptualDetail {
  /// A blank image has no bit set and a plain slope a few: such images are near to each other by their lack of detail.
  /// The median is below at most 31 of the 63 coefficients, so too many bits are never set.
  static let leastBits = 6

  static func isEnough(_ hash: UInt64) -> Bool { hash.nonzeroBitCount >= leastBits }
}
