/// A symmetry of the rectangle other than leaving it as it is, in the order in which their hashes are computed.
package enum Turn: Int, Sendable, Hashable, CaseIterable {
  case mirrored, flipped, halfTurned, transposed, turnedRight, turnedLeft, transversed

  /// What was done to the current image so that it looks like the other.
  package var text: String {
    switch self {
    case .mirrored: "mirrored left to right"
    case .flipped: "flipped top to bottom"
    case .halfTurned: "rotated by 180 degrees"
    case .transposed: "mirrored along the diagonal"
    case .turnedRight: "rotated by 90 degrees to the right"
    case .turnedLeft: "rotated by 90 degrees to the left"
    case .transversed: "mirrored along the other diagonal"
    }
  }
}
